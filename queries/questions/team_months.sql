-- title: Does more use go with more accepted work?
-- grain: one row per month of the trend × company × department
-- people: [department]
-- hides: []
-- meaning: Tokens per employee of each department that may be shown, beside the work it got accepted per employee and the defects that escaped, in the months in which it handed in outcomes.
-- parameters: [basis, companies, departments, models, pooled, roles, to_month, trend_from, vendors, workloads]
select
    by_month.month,
    by_month.company,
    by_month.unit as department,
    by_month.employees::double as employees,
    tokens_per_employee(by_month.tokens, by_month.employees)::double as tokens_per_employee,
    accepted_per_employee(reviews.accepted, by_month.employees)::double as accepted_per_employee,
    escape_rate(reviews.escaped_defects, reviews.accepted)::double as escape_rate
from units_by_month(
    $basis, $companies::varchar[], $departments::varchar[], $roles::varchar[], $vendors::varchar[],
    $models::varchar[], $workloads::varchar[], $pooled::varchar[]
) as by_month
join reviews_selected($companies::varchar[], $departments::varchar[]) as reviews
    on reviews.month = by_month.month
    and reviews.company = by_month.company
    and reviews.department = by_month.unit
    and not reviews.is_for_company
where by_month.unit_kind = 'department'
    and by_month.month between $trend_from and $to_month
order by month, company, department
