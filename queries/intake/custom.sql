-- title: A table that people described
-- table: usage
-- grain: one row per line of the file
-- meaning: What a saved mapping makes of a file. Before it runs, intake has given the file's columns the names below, put a mapping's fixed values in their place, and turned thousands of tokens and cents into tokens and whole money.
-- asked_by: intake
-- columns:
--   day: day
--   month: month
--   period_start: day
--   period_end: day
--   person: person
--   service: text
--   credential: text
--   key_name: text
--   vendor: text
--   account: text
--   model: text
--   surface: text
--   workspace: text
--   tags: text
--   input_tokens: count
--   total_input_tokens: count
--   cache_read_tokens: count
--   cache_write_tokens: count
--   output_tokens: count
--   reasoning_tokens: count
--   total_tokens: count
--   requests: count
--   failed_requests: count
--   messages: count
--   credits: number
--   credit_unit: text
--   billed_cost: money
--   gross_cost: money
--   estimated_cost: money
--   list_cost: money
--   currency: text
with parts as (
    select
        * exclude (surface, currency),
        -- A mapping names one of the three inputs. What holds other parts is an input without them:
        -- nothing says how much of a total was an answer.
        coalesce(
            input_tokens,
            coalesce(total_input_tokens, total_tokens - coalesce(output_tokens, 0))
            - coalesce(cache_read_tokens, 0)
            - coalesce(cache_write_tokens, 0)
        ) as uncached_tokens,
        coalesce(
            input_tokens, total_input_tokens, total_tokens,
            cache_read_tokens, cache_write_tokens, output_tokens
        ) is not null as has_tokens,
        coalesce(billed_cost, gross_cost, estimated_cost, list_cost) is not null as has_cost,
        upper(currency) as billing_currency,
        billing_currency = 'USD' as is_in_usd,
        lower(surface) as told_surface,
        told_surface in ('chat', 'api', 'code_agent', 'ide', 'office', 'cloud') as is_surface
    from source
)

select
    line,
    coalesce(day::date, period_start, month_start(month)) as day,
    coalesce(period_start, month_start(month)) as period_start,
    coalesce(period_end, month_end(month)) as period_end,
    coalesce(vendor_name(vendor), vendor_of_model(model)) as vendor,
    account,
    case when has_tokens then 'tokens' when has_cost then 'cost' else 'activity' end as row_kind,
    coalesce(person, service, key_name, credential) as actor,
    case
        when person is not null then 'person'
        when coalesce(service, key_name, credential) is not null then 'service'
        else 'unknown'
    end as actor_type,
    credential,
    model_id(model) as model,
    model as model_name,
    case when is_surface then told_surface end as surface,
    workspace,
    key_name,
    nullif(concat_ws(', ', tags, case when not is_surface then told_surface end), '') as tags,
    case when uncached_tokens < 0 then 0 else uncached_tokens end as input_tokens,
    cache_read_tokens,
    cache_write_tokens,
    output_tokens,
    reasoning_tokens,
    case
        when not has_tokens then 'none'
        when total_input_tokens is not null
            and coalesce(cache_read_tokens, cache_write_tokens) is not null
            then 'derived'
        when coalesce(total_input_tokens, total_tokens) is not null then 'total_only'
        else 'reported'
    end as token_basis,
    requests,
    failed_requests,
    messages,
    credits,
    case when credits is not null then credit_unit end as credit_unit,
    case when is_in_usd then list_cost end as list_cost_usd,
    case when is_in_usd then gross_cost end as gross_cost_usd,
    case when is_in_usd then billed_cost end as net_cost_usd,
    case
        when is_in_usd and estimated_cost is not null then estimated_cost
        -- With tokens beside it the list price becomes the estimate when rows are priced.
        when is_in_usd and billed_cost is null and not has_tokens then list_cost
    end as estimated_cost_usd,
    case
        when billed_cost is not null then 'billed'
        when is_in_usd and estimated_cost is not null then 'vendor_estimate'
        when is_in_usd and list_cost is not null then 'list_price'
        else 'none'
    end as cost_basis,
    case when billed_cost is not null then billing_currency else 'USD' end as currency,
    case when not is_in_usd then billed_cost end as billed_in_currency,
    -- What was not billed has no place among the money unless it is in US dollars.
    case
        when not is_in_usd and coalesce(gross_cost, estimated_cost, list_cost) is not null
            then map_from_entries([
                entry for entry in [
                    {'key': 'gross_cost_' || lower(billing_currency), 'value': gross_cost::double},
                    {
                        'key': 'estimated_cost_' || lower(billing_currency),
                        'value': estimated_cost::double
                    },
                    {'key': 'list_cost_' || lower(billing_currency), 'value': list_cost::double}
                ]
                if entry.value is not null
            ])
    end as metrics,
    case when uncached_tokens < 0 then ['inclusive_clamped'] end as flags,
    case
        when has_cost and billing_currency is null then 'money without a currency'
        when has_cost and not regexp_full_match(billing_currency, '[A-Z]{3}')
            then 'a currency that is not three letters'
        when credits is not null and credit_unit is null then 'credits without a unit'
        when not has_tokens
            and not has_cost
            and coalesce(requests, failed_requests, messages, credits) is null
            then 'no amount in the line'
    end as set_aside
from parts
