-- title: Dictionary of uses
-- grain: one row per vendor × model
-- meaning: Which number in user_month.uses stands for which vendor and model. Append-only, so that older months stay right.
select
    null::varchar as vendor,
    null::varchar as model,                        -- '' where the row names no model
    null::integer as id
where false
