-- title: People by month and group
-- grain: one row per month × company × department × role, by the labels that may be shown
-- served_as: table
-- meaning: How many people used AI, of how many the days are known, and on how many days, workdays and in how many whole weeks those used it, each summed over the people. It is counted once a data version, since pages ask for it many times.
select
    month,
    company,
    shown_department,
    shown_role,
    count(*) as people,
    count(*) filter (where day_mask <> 0) as people_with_days,
    sum(bit_count(day_mask))::bigint as person_days,
    sum(bit_count(day_mask & workdays_mask))::bigint as person_workdays,
    sum(len(list_filter(week_masks, lambda mask: day_mask & mask <> 0)))::bigint as person_weeks
from user_month
join calendar using (month)
group by all
