-- title: Which months hold data, and how completely?
-- grain: one row per month with use or with a covered day
-- people: []
-- hides: []
-- meaning: A month is complete when every day of it is covered by some usage load of each company in view that has any load in it.
-- parameters: [companies]
with covered as (
    select company, strftime(day, '%Y-%m') as month, min(day) as first_day, max(day) as last_day,
        count(distinct day) as days_covered
    from covered_days
    where ($companies::varchar[] is null or list_contains($companies::varchar[], company))
    group by all
),

held as (
    select month, sum(coalesce(requests, 0) + coalesce(messages, 0)) as actions
    from cube_month
    where ($companies::varchar[] is null or list_contains($companies::varchar[], company))
    group by month
)

select
    covered.month,
    min(first_day) as first_day,
    max(last_day) as last_day,
    min(days_covered) as days_covered,
    day(last_day(strptime(covered.month, '%Y-%m')::date)) as days_in_month,
    min(days_covered) >= day(last_day(strptime(covered.month, '%Y-%m')::date)) as is_complete,
    bool_or(held.month is not null) as has_use
from covered
left join held using (month)
group by covered.month
order by covered.month
