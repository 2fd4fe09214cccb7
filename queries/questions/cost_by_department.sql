-- title: Which department does the cost of use belong to?
-- grain: one row per company × department label
-- people: [department]
-- hides: []
-- meaning: Billed and estimated use of the window by department, labels that may be shown alone. Departments with few people stand together as (small groups); services, use that names nobody and people in no roster are rows of their own, so that the rows add up to the usage cost. Seats belong to no department.
-- parameters: [companies, departments, from_month, is_people, models, pooled, roles, to_month, vendors, workloads]
select
    company,
    department_label as department,
    sum(billed_cost_usd)::decimal(18, 6) as billed_cost_usd,
    sum(estimated_cost_usd)::decimal(18, 6) as estimated_cost_usd,
    department_cost_usd(sum(billed_cost_usd), sum(estimated_cost_usd))::decimal(18, 6)
        as usage_cost_usd
from cube_selected(
    $is_people, $companies::varchar[], $departments::varchar[], $roles::varchar[],
    $vendors::varchar[], $models::varchar[], $workloads::varchar[], $pooled::varchar[]
)
where month between $from_month and $to_month
group by all
having coalesce(sum(billed_cost_usd), sum(estimated_cost_usd)) is not null
order by company, usage_cost_usd desc, department
