-- title: Headcount
-- table: headcount
-- grain: one row per month, department and role
-- how: >
--   Count everyone employed at the end of each month, by department and role, also those who use
--   no AI; fte counts part-time people by their share.
-- source: our own template
-- company: company
-- signature: [month, department, employees]
-- columns:
--   month: month
--   company: text
--   department: text
--   role: text
--   sector: text
--   employees: number
--   fte: number
-- template:
--   month: YYYY-MM
--   department: as in the roster
--   role: job family, as in the roster
--   employees: everyone employed at the end of the month, users of AI or not
--   fte: the same in full-time equivalents, if known
select
    line,
    month,
    department,
    role,
    employees,
    fte,
    case
        when
            list_has_any(
                [lower(trim(department)), lower(trim(role))], ['total', 'totals', 'grand total']
            )
            then 'totals row'
    end as set_aside
from source
