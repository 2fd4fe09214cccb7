-- title: Working days
-- grain: one row per month with use of people
-- served_as: table
-- meaning: Monday to Friday, as bits of user_month.day_mask and as a number. Public holidays differ by country and are not taken off.
select
    month,
    sum(1::bigint << (day(day) - 1))::bigint as day_mask,
    count(*) as n_days
from (
    select month, unnest(generate_series(month_start(month), month_end(month), interval 1 day))::date as day
    from (select distinct month from user_month)
)
where isodow(day) < 6
group by month
