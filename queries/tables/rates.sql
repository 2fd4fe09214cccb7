-- title: Exchange rates
-- grain: one row per company × month × currency
-- time: month
-- account: currency
-- meaning: "What one unit of a currency was worth in US dollars in a month, and who says so."
select
    null::varchar as month,
    null::varchar as company,
    null::varchar as currency,
    null::decimal(18, 9) as usd_per_unit,
    null::varchar as source,
    null::varchar as attrs,
    null::bigint as load_id,
    null::bigint as first_line
where false
