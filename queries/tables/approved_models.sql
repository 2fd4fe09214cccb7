-- title: Approved models
-- grain: one row per company × effective date × vendor × model
-- time: effective_date
-- meaning: "Which models may be used, from a date until the next list of that company."
select
    null::date as effective_date,
    null::varchar as company,
    null::varchar as vendor,
    null::varchar as model,                        -- canonical id; NULL is every model of the vendor
    null::varchar as status,                       -- approved, restricted, forbidden
    null::varchar as note,
    null::varchar as attrs,
    null::bigint as load_id,
    null::bigint as first_line
where false
