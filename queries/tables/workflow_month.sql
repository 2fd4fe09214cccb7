-- title: Work by month
-- grain: one row per month × company × vendor × model × workflow × workload class × the rules that said so
-- partition: month
-- meaning: Sums of the use that counts under the authority rule, by the work it belongs to under the rules of this data version. They know no people, so they add up to cube_month in every month, company, vendor and model, and to nothing smaller.
select
    null::varchar as month,
    null::varchar as company,
    null::varchar as vendor,
    null::varchar as model,
    null::varchar as workflow,                     -- 'unassigned' where no rule fired
    null::varchar as workload_class,               -- 'unassigned' where no rule fired
    null::varchar as workflow_rule,                -- 'field = pattern' of the rule that fired
    null::varchar as class_rule,
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
    null::bigint as use_rows                       -- how many rows of usage stand behind it
where false
