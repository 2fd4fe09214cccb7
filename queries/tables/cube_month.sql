-- title: Cube by month
-- grain: one row per month × company × department × role × owner × vendor × model
-- partition: month
-- meaning: Sums of the use that counts under the authority rule. shown_* carry the pooling decided for this data version; a question that touches people reads only those.
select
    null::varchar as month,
    null::varchar as company,
    null::varchar as sector,
    null::varchar as owner,                        -- person, service, unknown
    null::varchar as department,
    null::varchar as role,
    null::varchar as vendor,
    null::varchar as model,
    null::boolean as is_owner_known,
    null::varchar as shown_department,
    null::varchar as shown_role,
    null::varchar as shown_vendor,
    null::varchar as shown_model,
    null::bigint as input_tokens,
    null::bigint as cache_read_tokens,
    null::bigint as cache_write_tokens,
    null::bigint as output_tokens,
    null::bigint as requests,
    null::bigint as messages,
    null::decimal(18, 6) as billed_cost_usd,
    null::decimal(18, 6) as estimated_cost_usd,
    null::decimal(18, 6) as purchase_cost_usd,
    null::decimal(18, 6) as list_cost_usd,
    null::decimal(18, 6) as gross_cost_usd,
    null::bigint as rows_without_cost
where false
