-- title: On how many days did the people of a department or role use AI, and what did their use cost?
-- grain: one row per month of the trend × company × department × role, and × department with all its roles (role empty)
-- people: [department, role]
-- hides: []
-- scope: whole companies
-- meaning: Days with use, each person's summed, and the cost of use under the labels that may be shown. Days are told of all departments of a company and month or of none, where in each of them the people whose days are known, and the others, are 5 or more or none; the same by department and role. What no person did has no days.
-- parameters: [companies, pooled, to_month, trend_from]
with dated as (
    select
        month,
        company,
        department_label as department,
        role_label as role,
        sum(people)::bigint as people,
        sum(people_with_days)::bigint as people_with_days,
        sum(person_days)::bigint as person_days
    from people_selected(
        $companies::varchar[], null::varchar[], null::varchar[], null::varchar[], null::varchar[],
        null::varchar[], $pooled::varchar[]
    )
    where month between $trend_from and $to_month
    group by month, company, grouping sets ((department_label), (department_label, role_label))
),

told as (
    select
        *,
        bool_and(
            people_with_days not between 1 and 4 and people - people_with_days not between 1 and 4
        ) over (partition by month, company, role is null) as is_told
    from dated
),

paid as (
    select
        month,
        company,
        department_label as department,
        role_label as role,
        sum(billed_cost_usd) as billed_cost_usd,
        sum(estimated_cost_usd) as estimated_cost_usd
    from cube_selected(
        true, $companies::varchar[], null::varchar[], null::varchar[], null::varchar[],
        null::varchar[], null::varchar[], $pooled::varchar[]
    )
    where month between $trend_from and $to_month
    group by month, company, grouping sets ((department_label), (department_label, role_label))
    having coalesce(sum(billed_cost_usd), sum(estimated_cost_usd)) is not null
)

select
    coalesce(told.month, paid.month) as month,
    coalesce(told.company, paid.company) as company,
    coalesce(told.department, paid.department) as department,
    coalesce(told.role, paid.role) as role,
    case
        when told.month is null then 0
        when told.is_told and told.people_with_days > 0 then told.person_days
    end as person_days,
    paid.billed_cost_usd::decimal(18, 6) as billed_cost_usd,
    paid.estimated_cost_usd::decimal(18, 6) as estimated_cost_usd
from told
full join paid
    on paid.month = told.month
    and paid.company = told.company
    and paid.department = told.department
    and paid.role is not distinct from told.role
order by month, company, department, role nulls first
