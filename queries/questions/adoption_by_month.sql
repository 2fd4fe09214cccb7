-- title: How many use AI, by day, week and month?
-- grain: one row per month of the trend
-- people: []
-- hides: [active_people, active_share, daily_people, weekly_people, stickiness]
-- meaning: People active in the month, in a mean whole week of it, and on a mean working day of it. Days and weeks are known of people whose use some source dates; a filter by vendor or model leaves them out, since a day says not with whom, and so does a group of which fewer than 5 people are dated, or are not.
-- parameters: [companies, departments, models, pooled, roles, to_month, trend_from, vendors]
with weeks as (
    select months.month, week.first_day::date as first_day
    from working_days as months,
        generate_series(
            date_trunc('week', month_start(months.month) + 6), month_end(months.month), interval 7 day
        ) as week(first_day)
    where week.first_day::date + 6 <= month_end(months.month)
),

selected as (
    select *
    from people_selected(
        $companies::varchar[], $departments::varchar[], $roles::varchar[],
        $vendors::varchar[], $models::varchar[], $pooled::varchar[]
    )
    where month between $trend_from and $to_month
),

by_month as (
    select
        selected.month,
        count(*) as active_people,
        count(*) filter (where selected.day_mask <> 0) as people_with_days,
        sum(bit_count(selected.day_mask & working_days.day_mask))::bigint as person_working_days,
        any_value(working_days.n_days) as n_days
    from selected
    join working_days using (month)
    group by selected.month
),

by_week as (
    select month, (sum(active) / count(*))::double as weekly_people
    from (
        select
            weeks.month,
            weeks.first_day,
            count(*) filter (
                where selected.day_mask & day_bits(weeks.month, weeks.first_day, weeks.first_day + 6) <> 0
            ) as active
        from weeks
        join selected using (month)
        group by all
    )
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
        $vendors::varchar[] is null
        and $models::varchar[] is null
        and people_with_days >= 5
        and not active_people - people_with_days between 1 and 4 as is_told
    from by_month
)

select
    month,
    active_people::bigint as active_people,
    employees::double as employees,
    active_share(active_people, employees)::double as active_share,
    case when is_told then weekly_people end as weekly_people,
    case when is_told then person_working_days / n_days end::double as daily_people,
    case when is_told then stickiness(person_working_days, n_days, people_with_days) end::double
        as stickiness,
    case when is_told then people_with_days end as people_with_days,
    active_people::bigint as fewest_active_people
from judged
left join by_week using (month)
left join heads using (month)
order by month
