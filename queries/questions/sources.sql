-- title: How fresh and complete is each source?
-- grain: one row per company × kind × account
-- people: []
-- hides: []
-- meaning: The last day each source covers and how many days of the window it lacks.
-- parameters: [companies, from_month, to_month]
select
    company,
    kind,
    account,
    min(day) as first_day,
    max(day) as last_day,
    count(*) filter (where strftime(day, '%Y-%m') between $from_month and $to_month) as days_covered,
    datediff(
        'day',
        strptime($from_month, '%Y-%m')::date,
        last_day(strptime($to_month, '%Y-%m')::date)
    ) + 1 - days_covered as days_missing
from covered_days
where ($companies::varchar[] is null or list_contains($companies::varchar[], company))
group by all
order by all
