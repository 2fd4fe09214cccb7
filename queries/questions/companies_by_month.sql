-- title: How have the companies moved?
-- grain: one row per month × company of the installation
-- people: []
-- hides: []
-- meaning: Tokens and cost per employee and the active share of every company month by month, whichever companies are chosen. Months that are not complete are left out.
-- parameters: [basis, is_people, models, to_month, trend_from, vendors, workloads]
select
    month,
    company,
    is_seats_known,
    tokens_per_employee(tokens, employees_with_tokens)::double as tokens_per_employee,
    cost_per_employee_usd(
        full_cost_usd(billed_cost_usd, estimated_cost_usd, seat_cost_usd), employees
    )::double as cost_per_employee_usd,
    active_share(active_people, employees)::double as active_share
from company_figures(
    $trend_from, $to_month, $is_people, $vendors::varchar[], $models::varchar[], $workloads::varchar[], $basis
)
where is_complete
order by month, company
