-- title: Who stays, who comes, who goes?
-- grain: one row per month of the trend whose month before has use of people
-- people: []
-- hides: []
-- scope: whole companies
-- meaning: People active in the month and in the one before, only in this one, and only in the one before; of whole companies, whatever else is filtered. Where any of the three would be 1 to 4 people none of them is told, nor the retention.
-- parameters: [companies, to_month, trend_from]
with months as (
    select
        strftime(first_day, '%Y-%m') as month,
        row_number() over (order by first_day) - 1 as number
    from generate_series(
        month_start($trend_from) - interval 1 month, month_start($to_month), interval 1 month
    ) as series(first_day)
),

-- Each person once, their months as bits: a join of every month with the one before it takes long.
users as (
    select company, person, bit_or(1::hugeint << months.number::integer) as active
    from people_of_companies($companies::varchar[])
    join months using (month)
    group by company, person
),

counted as (
    select
        months.month,
        count(*) filter (where is_active and was_active) as retained,
        count(*) filter (where is_active and not was_active) as gained,
        count(*) filter (where was_active and not is_active) as lost
    from months
    join lateral (
        select
            users.active & (1::hugeint << months.number::integer) <> 0 as is_active,
            users.active & (1::hugeint << (months.number - 1)::integer) <> 0 as was_active
        from users
    ) on true
    where months.number > 0
    group by months.month
    having retained + gained > 0 and retained + lost > 0
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
