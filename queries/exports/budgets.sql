-- title: Budgets
-- table: budgets
-- grain: one row per month, vendor and department
-- how: >
--   Write one row per month for what may be spent; leave vendor and department empty for a budget of everything.
-- source: our own template
-- company: company
-- signature: [month, budget, currency]
-- columns:
--   month: month
--   company: text
--   department: text
--   vendor: text
--   budget: money
--   currency: text
-- template:
--   month: YYYY-MM
--   department: as in the roster; empty for all
--   vendor: empty for all
--   budget: what may be spent in that month
--   currency: three letters, such as USD
select
    line,
    month,
    department,
    vendor_name(vendor) as vendor,
    budget as amount,
    upper(coalesce(currency, 'usd')) as currency
from source
