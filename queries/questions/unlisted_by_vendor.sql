-- title: How much use is of people in no roster?
-- grain: one row per vendor label
-- people: [department]
-- hides: []
-- meaning: Tokens and cost of people whom no roster gives a department, beside all of the vendor's. Where few people stand behind them they stand in (small groups) and are not told here.
-- parameters: [basis, companies, departments, from_month, is_people, models, pooled, roles, to_month, vendors, workloads]
with selected as (
    select
        vendor_label,
        department_label = '(no department)' as is_unlisted,
        tokens_in($basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens) as tokens,
        coalesce(billed_cost_usd, estimated_cost_usd) as cost_usd
    from cube_selected(
        $is_people, $companies::varchar[], $departments::varchar[], $roles::varchar[],
        $vendors::varchar[], $models::varchar[], $workloads::varchar[], $pooled::varchar[]
    )
    where month between $from_month and $to_month
)

select
    vendor_label as vendor,
    sum(tokens) filter (where is_unlisted)::double as tokens,
    sum(tokens)::double as all_tokens,
    sum(cost_usd) filter (where is_unlisted)::decimal(18, 6) as cost_usd,
    sum(cost_usd)::decimal(18, 6) as all_cost_usd
from selected
group by vendor_label
having bool_or(is_unlisted)
order by tokens desc nulls last, vendor
