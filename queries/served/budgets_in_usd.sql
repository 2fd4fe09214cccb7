-- title: Budgets in US dollars
-- grain: one row per company × month × vendor with a budget (empty is all vendors)
-- served_as: table
-- meaning: What may be spent in a month, by the rate loaded for it; NULL where there is none. Budgets of departments are left out, because seats belong to no department, so that its cost is never whole.
select
    budgets.company,
    budgets.month,
    budgets.vendor,
    case
        when bool_and(budgets.currency = 'USD' or rates.usd_per_unit is not null)
            then sum(
                budgets.amount * case when budgets.currency = 'USD' then 1 else rates.usd_per_unit end
            )
    end::double as budget_usd
from budgets
left join rates
    on rates.company = budgets.company
    and rates.month = budgets.month
    and rates.currency = budgets.currency
where budgets.department is null
group by budgets.company, budgets.month, budgets.vendor
