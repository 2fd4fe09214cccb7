-- title: By which rates can money be told in another currency?
-- grain: one row per company with use or seats × currency; a company without rates has one of NULLs
-- people: []
-- hides: []
-- meaning: The newest rate of each currency up to the end of the window, with its month and who says so.
-- parameters: [companies, to_month, trend_from]
with seen as (
    select company, month from cube_month
    union
    select company, month from seats_in_usd
),

newest as (
    select company, currency, month, usd_per_unit, source
    from rates
    where month <= $to_month and currency <> 'USD' and usd_per_unit > 0
    qualify row_number() over (partition by company, currency order by month desc) = 1
)

select distinct seen.company, newest.currency, newest.month, newest.usd_per_unit, newest.source
from seen
left join newest using (company)
where seen.month between $trend_from and $to_month
    and ($companies::varchar[] is null or list_contains($companies::varchar[], seen.company))
order by all
