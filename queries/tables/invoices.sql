-- title: Invoices
-- grain: one row per company × month × vendor × invoice × what it is for
-- time: month
-- account: vendor
-- meaning: "What a vendor invoiced for a month; kept beside what was metered, never added to it."
select
    null::varchar as month,
    null::varchar as company,
    null::varchar as vendor,
    null::varchar as invoice,
    null::varchar as covers,                       -- usage, seats, prepaid, other
    null::decimal(18, 6) as amount,
    null::varchar as currency,
    null::varchar as attrs,
    null::bigint as load_id,
    null::bigint as first_line
where false
