-- title: What is billed in another currency?
-- grain: one row per company × vendor × currency
-- people: []
-- hides: []
-- meaning: Money that stands in its own row and is added to nothing until an exchange rate of its month is loaded.
-- parameters: [companies, from_month, to_month, vendors]
select
    company,
    vendor,
    currency,
    sum(amount)::decimal(18, 6) as amount
from (
    select usage.company, vendor, usage.currency, billed_in_currency as amount, usage.month
    from usage
    anti join rates using (company, month, currency)
    where usage.currency <> 'USD'
    union all
    select company, vendor, currency, cost_in_currency, month
    from seats_in_usd
    where cost_usd is null
)
where month between $from_month and $to_month
    and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
    and ($vendors::varchar[] is null or list_contains($vendors::varchar[], vendor))
group by all
having amount is not null
order by all
