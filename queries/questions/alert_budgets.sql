-- title: Which budget is exceeded, and which was kept?
-- grain: one row per company × vendor with a budget (empty is all vendors) × whole month of the trend
-- people: []
-- hides: []
-- meaning: The full cost beside the budget, in US dollars by the rate of the month; `is_seats_known` where the cost holds all seats. Budgets of departments are not looked at, because seats belong to no department, so that its cost is never whole.
-- parameters: [companies, to_month, trend_from]
with costs as (
    select
        month,
        company,
        vendor,
        sum(full_cost_usd(usage_cost_usd, null, seat_cost_usd)) as full_cost_usd,
        bool_and(is_seats_known and is_seat_cost_known) as is_seats_known
    from vendor_costs($trend_from, $to_month, $companies::varchar[])
    group by grouping sets ((month, company, vendor), (month, company))
)

select
    costs.company,
    costs.vendor,
    costs.month,
    costs.full_cost_usd::decimal(18, 6) as full_cost_usd,
    budgets_in_usd.budget_usd,
    costs.is_seats_known
from costs
join whole_months using (company, month)
join budgets_in_usd
    on budgets_in_usd.company = costs.company
    and budgets_in_usd.month = costs.month
    and budgets_in_usd.vendor is not distinct from costs.vendor
where costs.full_cost_usd is not null
    and budgets_in_usd.budget_usd is not null
order by company, vendor nulls first, month
