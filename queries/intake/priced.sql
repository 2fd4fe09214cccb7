-- title: Usage rows with list prices
-- grain: the grain of the table usage
-- meaning: Fills the list price where the export gives none, and our own estimate where it gives neither a bill nor the vendor's estimate. A model without a known price keeps its cost unknown and says so.
-- asked_by: intake
with listed as (
    select
        usage_rows.* exclude (list_cost_usd),
        coalesce(
            usage_rows.list_cost_usd,
            case
                when coalesce(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens) is not null
                    then (
                        coalesce(input_tokens, 0) * prices.input_usd_per_token
                        + coalesce(cache_read_tokens, 0) * prices.cache_read_usd_per_token
                        + coalesce(cache_write_tokens, 0) * prices.cache_write_usd_per_token
                        + coalesce(output_tokens, 0) * prices.output_usd_per_token
                    )::decimal(18, 6)
            end
        ) as list_cost_usd,
        usage_rows.list_cost_usd is null and prices.input_usd_per_token is not null as is_priced_here,
        prices.price_list,
        prices.is_undated
    from usage_rows
    left join prices
        on prices.vendor = usage_rows.vendor
        and prices.model_name = coalesce(usage_rows.model_name, usage_rows.model)
        and prices.day = usage_rows.day
        and usage_rows.row_kind = 'tokens'
),

completed as (
    select
        *,
        currency = 'USD'
        and row_kind = 'tokens'
        and net_cost_usd is null
        and amortised_cost_usd is null
        and estimated_cost_usd is null
        and cost_basis is distinct from 'covered_by_plan'
        and coalesce(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens) is not null
            as needs_estimate
    from listed
)

select
    * exclude (
        is_priced_here, is_undated, needs_estimate, price_list, estimated_cost_usd, cost_basis, flags
    ),
    case when needs_estimate then list_cost_usd else estimated_cost_usd end as estimated_cost_usd,
    case
        when needs_estimate and list_cost_usd is not null then 'list_price'
        when needs_estimate then 'none'
        else cost_basis
    end as cost_basis,
    case when is_priced_here then price_list end as price_list,
    case
        when (is_priced_here and is_undated) or (needs_estimate and list_cost_usd is null)
            then list_concat(
                coalesce(flags, []),
                list_concat(
                    case when is_priced_here and is_undated then ['todays_price'] else [] end,
                    case when needs_estimate and list_cost_usd is null then ['unpriced'] else [] end
                )
            )
        else flags
    end as flags
from completed
