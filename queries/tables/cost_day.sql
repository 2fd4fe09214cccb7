-- title: Cost by day
-- grain: one row per month × company × vendor × day with a cost, or one for a month that is told by no day
-- partition: month
-- meaning: What use that counts cost, as far as it may be told by day. What a day of few people cost is never stored by itself, and of a month of few people only their days' sum.
select
    null::varchar as month,
    null::varchar as company,
    null::varchar as vendor,
    null::date as day,                             -- NULL: stands for all days of the month
    null::decimal(18, 6) as about_cost_usd,        -- in thousandths of the month; NULL where it is not known by day
    null::boolean as is_mean                       -- shared out over several days
where false
