-- title: Who uses it where?
-- grain: one row per department label × role label
-- people: [department, role]
-- hides: [active_people, active_share]
-- meaning: People active in the window's months and employees, by department and role; both are sums over the months, so that their ratio is a mean. Groups with few people stand together as (small groups).
-- parameters: [companies, departments, from_month, models, pooled, roles, to_month, vendors, workloads]
with people as (
    select department_label, role_label, sum(people)::bigint as person_months
    from people_selected(
        $companies::varchar[], $departments::varchar[], $roles::varchar[],
        $vendors::varchar[], $models::varchar[], $workloads::varchar[], $pooled::varchar[]
    )
    where month between $from_month and $to_month
    group by all
),

heads as (
    select department_label, role_label, sum(heads) as employee_months
    from heads_selected($companies::varchar[], $departments::varchar[], $roles::varchar[], $pooled::varchar[])
    where month between $from_month and $to_month
    group by all
),

months as (
    select count(*) as n
    from calendar
    where month between $from_month and $to_month
)

select
    department_label as department,
    role_label as role,
    (coalesce(person_months, 0) / months.n)::double as active_people,
    (employee_months / months.n)::double as employees,
    active_share(coalesce(person_months, 0), employee_months)::double as active_share,
    coalesce(person_months, 0)::bigint as fewest_active_people
from heads
full join people using (department_label, role_label)
cross join months
order by department, role
