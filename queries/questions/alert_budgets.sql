-- title: Which budget is exceeded?
-- grain: one row per company × vendor with a budget (empty is all vendors) × whole month of the trend
-- people: []
-- hides: []
-- meaning: The full cost beside the budget, in US dollars by the rate of the month. Budgets of departments are not looked at, because seats belong to no department, so that its cost is never whole.
-- parameters: [companies, to_month, trend_from]
with costs as (
    select
        month,
        company,
        vendor,
        sum(full_cost_usd(usage_cost_usd, null, seat_cost_usd)) as full_cost_usd
    from vendor_costs($trend_from, $to_month, $companies::varchar[])
    group by grouping sets ((month, company, vendor), (month, company))
),

budgeted as (
    select
        budgets.month,
        budgets.company,
        budgets.vendor,
        case
            when bool_and(budgets.currency = 'USD' or rates.usd_per_unit is not null)
                then sum(
                    budgets.amount * case when budgets.currency = 'USD' then 1 else rates.usd_per_unit end
                )
        end as budget_usd
    from budgets
    left join rates
        on rates.company = budgets.company
        and rates.month = budgets.month
        and rates.currency = budgets.currency
    where budgets.department is null
    group by budgets.month, budgets.company, budgets.vendor
)

select
    costs.company,
    costs.vendor,
    costs.month,
    costs.full_cost_usd::decimal(18, 6) as full_cost_usd,
    budgeted.budget_usd::double as budget_usd
from costs
join whole_months using (company, month)
join budgeted
    on budgeted.company = costs.company
    and budgeted.month = costs.month
    and budgeted.vendor is not distinct from costs.vendor
where costs.full_cost_usd is not null
    and budgeted.budget_usd is not null
order by company, vendor nulls first, month
