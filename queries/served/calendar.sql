-- title: Calendar of the months with use of people
-- grain: one row per month with use of people
-- served_as: table
-- meaning: Workdays as bits of user_month.day_mask and as a number, and the bits of each whole week, Monday to Sunday, that lies within the month.
select
    month,
    workday_bits(month) as workdays_mask,
    workdays(month) as n_workdays,
    list_transform(
        list_filter(
            generate_series(month_start(month), month_end(month) - 6, interval 1 day),
            lambda day: isodow(day) = 1
        ),
        lambda day: day_bits(month, day::date, day::date + 6)
    ) as week_masks
from (select distinct month from user_month)
