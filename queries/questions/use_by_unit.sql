-- title: How many tokens stand behind each employee of a department or role?
-- grain: one row per period (each month of the trend under its name, 'this', 'previous', 'before') × company × kind of unit (department, role) × label
-- people: [department, role]
-- hides: []
-- meaning: Tokens, employees and active people of the labels that may be shown, with their ratios. Employees are told from five on; active people not while vendors or models are filtered, because two such counts could be subtracted.
-- parameters: [basis, companies, departments, from_month, is_people, models, pooled, previous_from, previous_to, roles, to_month, trend_from, vendors]
with used as (
    select
        month,
        company,
        department_label as department,
        role_label as role,
        sum(tokens_in($basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens)) as tokens
    from cube_selected(
        $is_people, $companies::varchar[], $departments::varchar[], $roles::varchar[],
        $vendors::varchar[], $models::varchar[], $pooled::varchar[]
    )
    group by month, company, grouping sets ((department_label), (role_label))
),

employed as (
    select month, company, department_label as department, role_label as role, sum(heads) as employees
    from heads_selected(
        $companies::varchar[], $departments::varchar[], $roles::varchar[], $pooled::varchar[]
    )
    group by month, company, grouping sets ((department_label), (role_label))
),

active as (
    select month, company, department_label as department, role_label as role, count(*) as active_people
    from people_selected(
        $companies::varchar[], $departments::varchar[], $roles::varchar[], $vendors::varchar[],
        $models::varchar[], $pooled::varchar[]
    )
    where $vendors::varchar[] is null and $models::varchar[] is null
    group by month, company, grouping sets ((department_label), (role_label))
    having count(*) >= 5
),

by_month as (
    select
        employed.month,
        employed.company,
        case when employed.department is null then 'role' else 'department' end as unit_kind,
        coalesce(employed.department, employed.role) as unit,
        used.tokens,
        employed.employees,
        active.active_people
    from employed
    left join used
        on used.month = employed.month
        and used.company = employed.company
        and used.department is not distinct from employed.department
        and used.role is not distinct from employed.role
    left join active
        on active.month = employed.month
        and active.company = employed.company
        and active.department is not distinct from employed.department
        and active.role is not distinct from employed.role
    where employed.employees >= 5
)

select
    period,
    company,
    unit_kind,
    unit,
    sum(tokens)::double as tokens,
    (sum(employees) / count(*))::double as employees,
    tokens_per_employee(sum(tokens), sum(employees))::double as tokens_per_employee,
    case
        when count(active_people) = count(*) then active_share(sum(active_people), sum(employees))
    end::double as active_share
from periods($trend_from, $from_month, $to_month, $previous_from, $previous_to) as spans
join by_month on by_month.month between spans.first_month and spans.last_month
group by period, company, unit_kind, unit
order by all
