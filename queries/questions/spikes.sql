-- title: On which days was far more used or paid than usual?
-- grain: one row per company × vendor with such days
-- people: []
-- hides: []
-- meaning: >
--   Days that stand out from the same weekday of the eight weeks before, of which six or more are
--   there: by 3.5 robust standard deviations (1.4826 times the median absolute deviation), by a fifth
--   of the median, and by 10 USD or a million tokens. These floors are proposals. Of each vendor the
--   day furthest out is named, in whole times the median, NULL where that is 0 or close; the amounts
--   of a day are not told. A day that use and bill both show counts once.
-- parameters: [companies, from_month, to_month]
with daily as (
    select *
    from daily_use(strftime(month_start($from_month) - interval 2 month, '%Y-%m'), $to_month)
    where ($companies::varchar[] is null or list_contains($companies::varchar[], company))
),

measured as (
    unpivot daily on tokens, cost_usd into name measure value amount
),

beside_usual as (
    select
        *,
        count(*) over before as n_before,
        median(amount) over before as usual,
        mad(amount) over before as deviation
    from measured
    window before as (
        partition by company, vendor, kind, account, measure, isodow(day)
        order by day range between interval 56 day preceding and interval 1 day preceding
    )
),

odd as (
    select
        *,
        amount / nullif(usual, 0) as times_usual
    from beside_usual
    where strftime(day, '%Y-%m') between $from_month and $to_month
        and n_before >= 6
        and amount - usual >= 3.5 * 1.4826 * deviation
        and amount >= 1.2 * usual
        and amount - usual >= case measure when 'cost_usd' then 10 else 1000000 end
)

select
    company,
    vendor,
    count(distinct day) as n_days,
    arg_max(day, (coalesce(times_usual, 0), day)) as day,
    arg_max(measure, (coalesce(times_usual, 0), day)) as measure,
    nullif(round(max(times_usual)), 1)::bigint as times_usual
from odd
group by company, vendor
order by times_usual desc nulls last, company, vendor
