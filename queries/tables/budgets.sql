-- title: Budgets
-- grain: one row per company × month × vendor × department
-- time: month
-- meaning: "What may be spent in a month; a NULL vendor or department is all of them."
select
    null::varchar as month,
    null::varchar as company,
    null::varchar as department,
    null::varchar as vendor,
    null::decimal(18, 6) as amount,
    null::varchar as currency,
    null::varchar as attrs,
    null::bigint as load_id,
    null::bigint as first_line
where false
