-- title: Which source covers which month?
-- grain: one row per company × kind × account × month of the trend
-- people: []
-- hides: []
-- meaning: Days covered by loads in effect; 0 in a month between a source's first and last is a missing file.
-- parameters: [companies, to_month, trend_from]
with months as (
    select distinct strftime(day, '%Y-%m') as month from covered_days
),

sources as (
    select company, kind, account, min(strftime(day, '%Y-%m')) as first_month
    from covered_days
    where ($companies::varchar[] is null or list_contains($companies::varchar[], company))
    group by all
),

days as (
    select company, kind, account, strftime(day, '%Y-%m') as month, count(*) as days_covered,
        max(day) as last_day
    from covered_days
    group by all
)

select
    sources.company,
    sources.kind,
    sources.account,
    months.month,
    coalesce(days.days_covered, 0) as days_covered,
    day(last_day(strptime(months.month, '%Y-%m')::date)) as days_in_month,
    days.last_day
from sources
join months on months.month >= sources.first_month and months.month between $trend_from and $to_month
left join days
    on days.company = sources.company
    and days.kind = sources.kind
    and days.account = sources.account
    and days.month = months.month
order by all
