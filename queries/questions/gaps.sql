-- title: On which workdays does a source that is there every workday have nothing?
-- grain: one row per company × kind × account with such days
-- people: []
-- hides: []
-- meaning: >
--   Workdays without a row in the newest 90 days of a source that has rows on nine of ten of them.
--   Days on which no source of the company has anything, as holidays, are left out where it has
--   several.
-- parameters: [companies, from_month, to_month]
with daily as (
    select distinct company, kind, account, day
    from daily_use($from_month, $to_month)
    where ($companies::varchar[] is null or list_contains($companies::varchar[], company))
),

sources as (
    select company, kind, account, min(day) as first_day, max(day) as last_day
    from daily
    group by all
),

alone as (
    select company, count(*) = 1 as is_alone
    from sources
    group by company
),

workdays as (
    select
        company,
        kind,
        account,
        unnest(generate_series(greatest(first_day, last_day - 89), last_day, interval 1 day))::date as day
    from sources
),

marked as (
    select
        workdays.*,
        daily.day is not null as is_there,
        alone.is_alone or exists (
            select 1 from daily as any_source
            where any_source.company = workdays.company and any_source.day = workdays.day
        ) as is_expected
    from workdays
    join alone using (company)
    left join daily using (company, kind, account, day)
    where isodow(workdays.day) <= 5
)

select
    company,
    kind,
    account,
    count(*) filter (where not is_there) as n_days,
    list(day order by day) filter (where not is_there) as days_without
from marked
where is_expected
group by all
having n_days > 0 and count(*) >= 20 and count(*) filter (where is_there) >= 0.9 * count(*)
order by all
