-- title: Use without a workflow
-- grain: one row per month × company × field × value
-- partition: month
-- meaning: What the use that no workflow rule caught holds in the fields that rules look at, the largest values of each field. The same use stands under each of its fields. A value that 1 to 4 people share is left out.
select
    null::varchar as month,
    null::varchar as company,
    null::varchar as field,
    null::varchar as value,
    null::bigint as input_tokens,
    null::bigint as cache_read_tokens,
    null::bigint as cache_write_tokens,
    null::bigint as output_tokens,
    null::decimal(18, 6) as billed_cost_usd,
    null::decimal(18, 6) as estimated_cost_usd
where false
