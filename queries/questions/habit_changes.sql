-- title: Who gained the habit, who lost it?
-- grain: one row
-- people: []
-- hides: []
-- scope: whole companies
-- meaning: People with use in 9 or more of twelve whole weeks, at the end of this period and of the one before, of whole companies. Where kept, gained or lost would be 1 to 4 people none of the three is told.
-- parameters: [companies, previous_to, to_month]
with now as (
    select * from twelve_weeks($to_month, $companies::varchar[])
),

before as (
    select * from twelve_weeks($previous_to, $companies::varchar[])
),

counted as (
    select
        count(*) filter (where now.weeks >= 9 and before.weeks >= 9) as kept,
        count(*) filter (where now.weeks >= 9 and coalesce(before.weeks, 0) < 9) as gained,
        count(*) filter (where coalesce(now.weeks, 0) < 9 and before.weeks >= 9) as lost,
        count(now.person) as people_with_days,
        count(*) filter (where now.weeks >= 9) as people_with_habit
    from now
    full join before using (company, person)
),

judged as (
    select
        *,
        $previous_to is null
        or kept between 1 and 4
        or gained between 1 and 4
        or lost between 1 and 4 as is_hidden,
        people_with_habit between 1 and 4
        or people_with_days - people_with_habit between 1 and 4 as is_share_hidden
    from counted
)

select
    case when not is_hidden then kept end as kept,
    case when not is_hidden then gained end as gained,
    case when not is_hidden then lost end as lost,
    people_with_days,
    case when not is_share_hidden then people_with_habit end as people_with_habit,
    case when not is_share_hidden then habit_share(people_with_habit, people_with_days) end::double
        as habit_share
from judged
where people_with_days > 0
