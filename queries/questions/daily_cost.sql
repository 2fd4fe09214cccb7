-- title: What did use cost on each day?
-- grain: one row per company × vendor × day that a counted source covers, in the thirteen months up to the newest; day NULL for a month of a vendor that is not known by day
-- people: []
-- hides: []
-- meaning: >
--   Billed and estimated use by day, without seats, told in thousandths of its month, 0 where a
--   covered day has none. Days on which 1 to 4 people or keys had a cost with the vendor, or one of
--   them more than half of it, are told as the mean of such days of the month; where fewer than 5
--   stand behind those, or one has more than half, all days of the month with people are. A month is
--   known by day where its days add up to its cost, to the cent.
-- parameters: [companies, vendors]
with sources as (
    select
        month,
        company,
        vendor,
        kind,
        bool_and(days_counted_for_cost = days_with_cost) as is_whole
    from source_month
    where month >= (
            select strftime(month_start(max(month)) - interval 12 month, '%Y-%m') from source_month
        )
        and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
        and ($vendors::varchar[] is null or list_contains($vendors::varchar[], vendor))
    group by month, company, vendor, kind
    having sum(days_counted_for_cost) > 0
),

-- Read twice below, and made once: it is much smaller than usage.
person_days as materialized (
    select
        usage.month,
        usage.company,
        usage.vendor,
        usage.day,
        case
            when usage.actor_type is distinct from 'service'
                then coalesce(usage.actor, usage.key_actor)
        end as person,
        sum(
            coalesce(
                usage.amortised_cost_usd,
                usage.net_cost_usd,
                usage.billed_in_currency * rates.usd_per_unit,
                usage.estimated_cost_usd
            )
        )::double as cost_usd,
        bool_or(
            coalesce(
                usage.amortised_cost_usd,
                usage.net_cost_usd,
                usage.billed_in_currency * rates.usd_per_unit,
                usage.estimated_cost_usd
            ) <> 0
        ) as has_cost
    from usage
    join sources using (month, company, vendor, kind)
    left join rates
        on rates.company = usage.company
        and rates.month = usage.month
        and rates.currency = usage.currency
    where usage.row_kind <> 'purchase'
        and usage.period_end is null
        and sources.is_whole
    group by usage.month, usage.company, usage.vendor, usage.day, person
),

days as (
    select
        month,
        company,
        vendor,
        day,
        sum(cost_usd) as cost_usd,
        count(person) filter (where has_cost) as n_people,
        coalesce(
            n_people between 1 and 4
            or max(abs(cost_usd)) filter (where person is not null)
                > 0.5 * sum(abs(cost_usd)) filter (where person is not null),
            false
        ) as is_of_few
    from person_days
    group by month, company, vendor, day
),

pool as (
    select
        month,
        company,
        vendor,
        count(*) < 5 or max(cost_usd) > 0.5 * sum(cost_usd) as is_of_few
    from (
        select month, company, vendor, person, sum(abs(person_days.cost_usd)) as cost_usd
        from person_days
        join days using (month, company, vendor, day)
        where days.is_of_few and person is not null and has_cost
        group by all
    )
    group by month, company, vendor
),

pooled as (
    select
        days.*,
        days.n_people > 0 and (days.is_of_few or coalesce(pool.is_of_few, false)) as is_pooled
    from days
    left join pool using (month, company, vendor)
),

public as (
    select
        month,
        company,
        vendor,
        sum(coalesce(billed_cost_usd, 0) + coalesce(estimated_cost_usd, 0))::double as cost_usd
    from cube_month
    group by month, company, vendor
),

months as (
    select
        month,
        company,
        vendor,
        public.cost_usd as month_cost_usd,
        coalesce(abs(sum(pooled.cost_usd) - public.cost_usd) < 0.01, false) as is_by_day
    from public
    left join pooled using (month, company, vendor)
    where (month, company, vendor) in (select (month, company, vendor) from sources)
    group by month, company, vendor, public.cost_usd
),

told as (
    select
        month,
        company,
        vendor,
        day,
        is_pooled,
        case when is_pooled then avg(cost_usd) over of_pool else cost_usd end as cost_usd
    from pooled
    window of_pool as (partition by month, company, vendor, is_pooled)
),

covered as (
    select distinct sources.month, company, vendor, day
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
    coalesce(round(told.cost_usd / nullif(month_cost_usd, 0), 3) * month_cost_usd, 0)::double
        as about_cost_usd,
    coalesce(is_pooled, false) as is_mean
from months
join covered using (month, company, vendor)
left join told using (month, company, vendor, day)
where is_by_day
union all
select company, vendor, null, null, null
from months
where not is_by_day
group by company, vendor
order by all
