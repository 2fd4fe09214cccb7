-- title: How many employees other rules would give another role family
-- grain: one row
-- meaning: Employees of the newest roster or headcount, and those whose family in families_after is not that in families_before. Where 1 to 4 of them move, or do not, their number is NULL.
-- asked_by: store
-- parameters: [company]
select
    employees::double as employees,
    case
        when moved = 0 or moved >= 5 and (moved = employees or employees - moved >= 5)
            then moved::double
    end as moved
from (
    select
        sum(families_before.employees) as employees,
        coalesce(
            sum(families_before.employees) filter (
                where families_before.role_family <> families_after.role_family
            ),
            0
        ) as moved
    from families_before
    join families_after
        on families_after.company = families_before.company
        and families_after.department is not distinct from families_before.department
        and families_after.role is not distinct from families_before.role
        and families_after.job_title is not distinct from families_before.job_title
    where families_before.company = $company
)
