-- title: Seats
-- grain: one row per company × month × vendor × plan × currency × price
-- time: month
-- account: vendor
-- meaning: Licences held in the month and what one costs; seats live only here.
select
    null::varchar as month,
    null::varchar as company,
    null::varchar as vendor,
    null::varchar as plan,
    null::decimal(18, 6) as seats,
    null::decimal(18, 6) as seat_price,            -- per seat and month, in currency
    null::varchar as currency,
    null::varchar as attrs,
    null::bigint as load_id,
    null::bigint as first_line
where false
