-- title: Several rates of one currency in a month
-- grain: one row per offending line
-- severity: file
-- tables: [rates]
-- found: two rates of one currency in the same month, or a rate that is not above zero
-- next_step: Keep one rate for each currency and month, in US dollars for one unit
-- meaning: Money would count once for each of them.
select line
from mapped
qualify count(*) over (partition by month, currency) > 1 or coalesce(usd_per_unit, 0) <= 0
