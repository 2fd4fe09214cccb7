-- title: Which seats and budgets will the month ahead have?
-- grain: one row per company × vendor with seats or a budget (empty is all vendors)
-- people: []
-- hides: []
-- meaning: What seats cost in the newest month they are known of, and the newest budget, both in US dollars by the rate of their month; NULL where there is none or a rate is missing. Budgets of departments are left out, because seats belong to no department.
-- parameters: [companies, vendors]
with seated as (
    select
        company,
        vendor,
        month as seats_month,
        case when count(cost_usd) = count(*) then sum(cost_usd) end as seat_cost_usd
    from seats_in_usd
    where month = (
        select max(month) from seats_in_usd as others where others.company = seats_in_usd.company
    )
    group by company, vendor, month
),

budgeted as (
    select
        budgets.company,
        budgets.vendor,
        budgets.month as budget_month,
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
    group by budgets.company, budgets.vendor, budgets.month
    qualify row_number() over (
        partition by budgets.company, budgets.vendor order by budgets.month desc
    ) = 1
)

select
    coalesce(seated.company, budgeted.company) as company,
    coalesce(seated.vendor, budgeted.vendor) as vendor,
    seats_month,
    seat_cost_usd::double as seat_cost_usd,
    budget_month,
    budget_usd::double as budget_usd
from seated
full join budgeted on budgeted.company = seated.company and budgeted.vendor = seated.vendor
where ($companies::varchar[] is null
        or list_contains($companies::varchar[], coalesce(seated.company, budgeted.company)))
    and ($vendors::varchar[] is null
        or list_contains($vendors::varchar[], coalesce(seated.vendor, budgeted.vendor)))
order by all
