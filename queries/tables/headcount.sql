-- title: Headcount
-- grain: one row per company × month × department × role
-- time: month
-- meaning: Employees in the month, with or without any AI use; the denominator of tokens per employee.
select
    null::varchar as month,
    null::varchar as company,
    null::varchar as department,
    null::varchar as role,
    null::decimal(18, 6) as employees,
    null::decimal(18, 6) as fte,
    null::varchar as attrs,
    null::bigint as load_id,
    null::bigint as first_line
where false
