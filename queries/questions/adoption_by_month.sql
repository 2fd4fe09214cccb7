-- title: How many use AI, by day, week and month?
-- grain: one row per month of the trend
-- people: []
-- hides: [active_people, active_share, daily_people, weekly_people, stickiness]
-- meaning: People active in the month, in a mean whole week of it, and on a mean working day of it. Days and weeks are known of people whose use some source dates; a filter by vendor or model leaves them out, since a day says not with whom, and so does a group of which fewer than 5 people are dated, or are not.
-- parameters: [companies, departments, models, pooled, roles, to_month, trend_from, vendors, workloads]
with by_month as (
    select
        month,
        sum(people)::bigint as active_people,
        sum(people_with_days)::bigint as people_with_days,
        sum(person_workdays)::bigint as person_workdays,
        sum(person_weeks)::bigint as person_weeks
    from people_selected(
        $companies::varchar[], $departments::varchar[], $roles::varchar[],
        $vendors::varchar[], $models::varchar[], $workloads::varchar[], $pooled::varchar[]
    )
    where month between $trend_from and $to_month
    group by month
),

heads as (
    select month, sum(heads) as employees
    from heads_selected($companies::varchar[], $departments::varchar[], $roles::varchar[], $pooled::varchar[])
    where month between $trend_from and $to_month
    group by month
),

judged as (
    select
        *,
        people_with_days >= 5 and not active_people - people_with_days between 1 and 4 as is_told
    from by_month
    join calendar using (month)
)

select
    month,
    active_people::bigint as active_people,
    employees::double as employees,
    active_share(active_people, employees)::double as active_share,
    case when is_told then person_weeks / len(week_masks) end::double as weekly_people,
    case when is_told then person_workdays / n_workdays end::double as daily_people,
    case when is_told then stickiness(person_workdays, n_workdays, people_with_days) end::double
        as stickiness,
    case when is_told then people_with_days end as people_with_days,
    active_people::bigint as fewest_active_people
from judged
left join heads using (month)
order by month
