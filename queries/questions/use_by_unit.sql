-- title: How many tokens stand behind each employee of a department or role?
-- grain: one row per period (each month of the trend under its name, 'this', 'previous', 'before') × company × kind of unit (department, role) × label
-- people: [department, role]
-- hides: []
-- meaning: Tokens, employees and active people of the labels that may be shown, with their ratios. Employees are told from five on; active people not while vendors or models are filtered, because two such counts could be subtracted.
-- parameters: [basis, companies, departments, from_month, models, pooled, previous_from, previous_to, roles, to_month, trend_from, vendors, workloads]
select
    period,
    company,
    unit_kind,
    unit,
    sum(tokens)::double as tokens,
    (sum(employees) / count(*))::double as employees,
    tokens_per_employee(sum(tokens), sum(employees_with_tokens))::double as tokens_per_employee,
    case when count(active_people) = count(*) then sum(active_people) end::bigint as person_months,
    active_people(person_months, count(*))::double as active_people,
    active_share(person_months, sum(employees))::double as active_share
from periods($trend_from, $from_month, $to_month, $previous_from, $previous_to) as spans
join units_by_month(
    $basis, $companies::varchar[], $departments::varchar[], $roles::varchar[], $vendors::varchar[],
    $models::varchar[], $workloads::varchar[], $pooled::varchar[]
) as by_month
    on by_month.month between spans.first_month and spans.last_month
group by period, company, unit_kind, unit
order by all
