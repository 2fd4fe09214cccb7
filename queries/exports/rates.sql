-- title: Exchange rates
-- table: rates
-- grain: one row per month and currency
-- how: >
--   Write one row per month and currency with the rate your accounts use.
-- source: our own template
-- company: company
-- signature: [month, currency, usd_per_unit]
-- columns:
--   month: month
--   company: text
--   currency: text
--   usd_per_unit: number
--   source: text
-- template:
--   month: YYYY-MM
--   currency: three letters, such as EUR
--   usd_per_unit: US dollars for one unit of it
--   source: where the rate is from
select
    line,
    month,
    upper(currency) as currency,
    usd_per_unit,
    source
from source
