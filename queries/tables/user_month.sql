-- title: People by month
-- grain: one row per month × company × person
-- partition: month
-- meaning: What each person used in the month, for exact counts of people under any filter.
select
    null::varchar as month,
    null::varchar as company,
    null::varchar as sector,
    null::varchar as person,
    null::varchar as department,
    null::varchar as role,
    null::varchar as shown_department,
    null::varchar as shown_role,
    null::bigint as day_mask,                      -- bit d-1 is day d; rows that stand for a period set none
    null::bigint as actions,                       -- requests, else messages; NULL where no source counts either
    null::integer[] as uses,                       -- ids of the dictionary: which vendors and models the person used
    null::bigint as input_tokens,
    null::bigint as cache_read_tokens,
    null::bigint as cache_write_tokens,
    null::bigint as output_tokens,
    null::decimal(18, 6) as cost_usd
where false
