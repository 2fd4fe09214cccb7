-- title: How fresh and complete is each source?
-- grain: one row per company × kind × account
-- people: []
-- hides: []
-- meaning: The last day each source covers and how many days it lacks of the window, and of the one it is compared with.
-- parameters: [companies, from_month, previous_from, previous_to, to_month]
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
    ) + 1 - days_covered as days_missing,
    datediff(
        'day',
        strptime($previous_from, '%Y-%m')::date,
        last_day(strptime($previous_to, '%Y-%m')::date)
    ) + 1 - count(*) filter (where strftime(day, '%Y-%m') between $previous_from and $previous_to)
        as days_missing_before
from covered_days
where ($companies::varchar[] is null or list_contains($companies::varchar[], company))
group by all
order by all
