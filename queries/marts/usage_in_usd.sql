-- title: Usage in US dollars
-- grain: the grain of the table usage
-- meaning: usage with what was billed in another currency converted by the rate loaded for its month; without one it stays NULL.
-- asked_by: marts
select usage.* replace (
    coalesce(net_cost_usd, billed_in_currency * rates.usd_per_unit)::decimal(18, 6) as net_cost_usd
)
from usage
left join rates
    on rates.company = usage.company
    and rates.month = usage.month
    and rates.currency = usage.currency
