-- title: Who stays, who comes, who goes?
-- grain: one row per month of the trend whose month before has use of people
-- people: []
-- hides: []
-- scope: whole companies
-- meaning: People active in the month and in the one before, only in this one, and only in the one before; of whole companies, whatever else is filtered. Where any of the three would be 1 to 4 people none of them is told, nor the retention.
-- parameters: [companies, to_month, trend_from]
with active as (
    select distinct month, company, person, true as is_active
    from people_of_companies($companies::varchar[])
),

before as (
    select strftime(month_start(month) + interval 1 month, '%Y-%m') as month, company, person, true as was_active
    from active
),

counted as (
    select
        month,
        count(*) filter (where is_active and was_active) as retained,
        count(*) filter (where is_active and was_active is null) as gained,
        count(*) filter (where is_active is null) as lost
    from active
    full join before using (month, company, person)
    where month between $trend_from and $to_month
    group by month
    having bool_or(is_active) and bool_or(was_active)
),

judged as (
    select
        *,
        retained between 1 and 4 or gained between 1 and 4 or lost between 1 and 4 as is_hidden
    from counted
)

select
    month,
    case when not is_hidden then retained end as retained,
    case when not is_hidden then gained end as gained,
    case when not is_hidden then lost end as lost,
    case when not is_hidden then retention(retained, retained + lost) end::double as retention,
    is_hidden
from judged
order by month
