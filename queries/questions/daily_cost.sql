-- title: What did use cost on each day?
-- grain: one row per company × vendor × day that a counted source covers, in the thirteen months up to the newest; day NULL for a month of a vendor that is not known by day
-- people: []
-- hides: []
-- meaning: >
--   Billed and estimated use by day, without seats, told in thousandths of its month, 0 where a
--   covered day has none. Days on which 1 to 4 people or keys had a cost with the vendor, or one or
--   two of them most of it, are told as the mean of such days of the month; where those are together
--   of few, all days of the month with people are. A month in which 1 to 4 had a cost is shared out
--   over all its days. Which, is decided when the data land.
-- parameters: [companies, vendors]
with sources as (
    select
        month,
        company,
        vendor,
        kind
    from source_month
    where month >= (
            select strftime(month_start(max(month)) - interval 12 month, '%Y-%m') from source_month
        )
        and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
        and ($vendors::varchar[] is null or list_contains($vendors::varchar[], vendor))
    group by month, company, vendor, kind
    having sum(days_counted_for_cost) > 0
),

known as (
    select
        month,
        company,
        vendor,
        any_value(about_cost_usd) filter (where day is null) as month_cost_usd
    from cost_day
    where about_cost_usd is not null
    group by month, company, vendor
),

covered as (
    select sources.month, company, vendor, day
    from sources
    join covered_days using (company, kind)
    where strftime(day, '%Y-%m') = sources.month
    union
    -- Of a month that is over, a source that ends early had no use on its last days.
    select sources.month, company, vendor, unnest(
        generate_series(month_start(month), month_end(month), interval 1 day)
    )::date
    from sources
    join whole_months using (company, month)
)

select
    company,
    vendor,
    day,
    coalesce(
        cost_day.about_cost_usd,
        known.month_cost_usd / count(*) over (partition by month, company, vendor),
        0
    )::double as about_cost_usd,
    coalesce(cost_day.is_mean, known.month_cost_usd is not null) as is_mean
from covered
join known using (month, company, vendor)
left join cost_day using (month, company, vendor, day)
union all
select distinct company, vendor, null, null, null
from sources
anti join known using (month, company, vendor)
order by all
