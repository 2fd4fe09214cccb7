-- title: What is billed in another currency?
-- grain: one row per company × vendor × currency
-- people: []
-- hides: []
-- meaning: Money that stands in its own row and is added to nothing until exchange rates are loaded.
-- parameters: [companies, from_month, to_month, vendors]
select
    company,
    vendor,
    currency,
    sum(amount)::decimal(18, 6) as amount
from (
    select company, vendor, currency, billed_in_currency as amount, month
    from usage
    where currency <> 'USD'
    union all
    select company, vendor, currency, seats.seats * seats.seat_price, month
    from seats
    where currency <> 'USD'
)
where month between $from_month and $to_month
    and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
    and ($vendors::varchar[] is null or list_contains($vendors::varchar[], vendor))
group by all
having amount is not null
order by all
