-- title: Targets
-- grain: one row per company × month × metric × department
-- time: month
-- meaning: "What a metric is meant to reach in a month, under the metric's own id and unit."
select
    null::varchar as month,
    null::varchar as company,
    null::varchar as department,
    null::varchar as metric,
    null::decimal(18, 6) as value,
    null::varchar as attrs,
    null::bigint as load_id,
    null::bigint as first_line
where false
