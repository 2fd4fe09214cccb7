-- title: Which budgets are there?
-- grain: one row per company × vendor with a budget (empty is all vendors) × month
-- people: []
-- hides: []
-- meaning: Budgets in US dollars by the rate of their month, NULL where there is none, those of months ahead too. Budgets of departments are left out, because seats belong to no department.
-- parameters: [companies, vendors]
select company, vendor, month, budget_usd
from budgets_in_usd
where ($companies::varchar[] is null or list_contains($companies::varchar[], company))
    and ($vendors::varchar[] is null or list_contains($vendors::varchar[], vendor))
order by company, vendor nulls first, month
