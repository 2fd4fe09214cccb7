-- title: Google Cloud billing export
-- table: usage
-- grain: one row per SKU, project, labels and hour
-- vendor: Google
-- how: >
--   Export Cloud Billing to BigQuery, and save the rows of the standard or detailed usage table for
--   the days as CSV, JSON (newline delimited) or parquet.
-- source: >
--   verified columns, from the vendor's documentation; partly verified that a SKU's unit is a token,
--   from public readers of the bill, and that its description names model and direction. Characters,
--   in which models before Gemini 2 were billed, are no tokens
-- signature: [usage_start_time, cost, currency_conversion_rate, credits]
-- account: billing_account_id
-- day: usage_start_time
-- authority: {tokens: bill, cost: bill}
-- marks:
--   service: [service.description, service_description]
--   account: [project.id, project_id]
-- columns:
--   adjustment_info: text
--   adjustment_info.description: text
--   adjustment_info.id: text
--   adjustment_info.mode: text
--   adjustment_info.type: text
--   billing_account_id: text
--   consumption_model: text
--   consumption_model.description: text
--   consumption_model.id: text
--   cost: money
--   cost_at_effective_price_default: text
--   cost_at_list: money
--   cost_at_list_consumption_model: text
--   cost_type: text
--   credits: text
--   currency: text
--   currency_conversion_rate: text
--   export_time: text
--   invoice: text
--   invoice.month: text
--   invoice.publisher_type: text
--   invoice_month: text
--   labels: text
--   location: text
--   location.country: text
--   location.location: text
--   location.region: text
--   location.zone: text
--   location_country: text
--   location_location: text
--   location_region: text
--   location_zone: text
--   price: text
--   project: text
--   project.ancestors: text
--   project.ancestry_numbers: text
--   project.id: text
--   project.labels: text
--   project.name: text
--   project.number: text
--   project_id: text
--   project_labels: text
--   project_name: text
--   project_number: text
--   resource: text
--   resource.global_name: text
--   resource.name: text
--   seller_name: text
--   service: text
--   service.description: text
--   service.id: text
--   service_description: text
--   service_id: text
--   sku: text
--   sku.description: text
--   sku.id: text
--   sku_description: text
--   sku_id: text
--   subscription: text
--   subscription.instance_id: text
--   system_labels: text
--   tags: text
--   transaction_type: text
--   usage: text
--   usage.amount: number
--   usage.amount_in_pricing_units: text
--   usage.pricing_unit: text
--   usage.unit: text
--   usage_amount: number
--   usage_amount_in_pricing_units: text
--   usage_end_time: text
--   usage_pricing_unit: text
--   usage_start_time: time
--   usage_unit: text
with named as (
    -- Columns of a structure stand under a dot, under an underscore, or whole as JSON (parquet).
    select
        *,
        coalesce("service.id", service_id, try_cast(service as json) ->> '$.id') as the_service_id,
        coalesce(
            "service.description",
            service_description,
            try_cast(service as json) ->> '$.description'
        ) as the_service,
        coalesce("sku.description", sku_description, try_cast(sku as json) ->> '$.description')
            as the_sku,
        coalesce("project.id", project_id, try_cast(project as json) ->> '$.id') as the_project_id,
        coalesce("project.name", project_name, try_cast(project as json) ->> '$.name')
            as the_project,
        coalesce("usage.unit", usage_unit, try_cast("usage" as json) ->> '$.unit') as the_unit,
        coalesce(
            "usage.amount",
            usage_amount,
            as_number(try_cast("usage" as json) ->> '$.amount')
        ) as amount,
        upper(coalesce(currency, 'usd')) as currency_code,
        try_cast(coalesce(credits, '[]') as json) as credit_list
    from source
),

parsed as (
    select
        *,
        coalesce(the_service_id = 'C7E2-9256-1C43', false)
        or coalesce(regexp_matches(the_service, '(?i)vertex ai|gemini|generative|claude'), false)
            as is_ai,
        coalesce(cost_type, 'regular') = 'regular' as is_regular,
        [as_money(credit) for credit in json_extract_string(credit_list, '$[*].amount')] as amounts,
        coalesce(
            json_type(credit_list) = 'ARRAY'
            and list_count(amounts) = json_array_length(credit_list),
            false
        ) as has_credit_list,
        case when has_credit_list then coalesce(list_sum(amounts), 0) end as credited,
        -- "Flash Lite" before "Flash"; anything else is named before the words on the tokens.
        coalesce(
            nullif(
                regexp_extract(
                    the_sku,
                    '(?i)\b(gemini[ -][\d.]+[ -](?:flash[ -]lite|flash|pro|ultra|nano))\b',
                    1
                ),
                ''
            ),
            nullif(
                regexp_extract(
                    the_sku,
                    '(?i)^(.*?)[ -]+(?:ga|global|preview|thinking|text|image|audio|video'
                    || '|multimodal|cached?|caching|input|output|batch|live|long|priority|flex)\b',
                    1
                ),
                ''
            )
        ) as model_name,
        case
            when not regexp_matches(the_unit, '(?i)^(count|requests|tokens?)$') then null
            when regexp_matches(the_sku, '(?i)\b(storage|character|characters|tuning|training)\b')
                then null
            when regexp_matches(the_sku, '(?i)\b(gemini[ -]1|palm|bison|gecko)')
                and not regexp_matches(the_sku, '(?i)\btokens?\b')
                then null
            when regexp_matches(the_sku, '(?i)\bcach')
                and regexp_matches(the_sku, '(?i)\b(write|writes|creation)\b')
                then 'write'
            when regexp_matches(the_sku, '(?i)\b(cached?|caching)\b') then 'read'
            when regexp_matches(the_sku, '(?i)\boutput\b') then 'output'
            when regexp_matches(the_sku, '(?i)\binput\b') then 'uncached'
        end as token_part
    from named
),

charges as (
    select
        *,
        -- A correction can take tokens back; the store counts none below zero, nor what no company
        -- could use in an hour.
        coalesce(
            is_ai
            and is_regular
            and token_part is not null
            and amount between 0 and 1000000000000000000,
            false
        ) as has_tokens,
        case when has_tokens then amount::bigint end as tokens
    from parsed
)

select
    line,
    usage_start_time::date as day,
    billing_account_id as account,
    case when has_tokens then 'tokens' else 'cost' end as row_kind,
    'unknown' as actor_type,
    case when is_ai and token_part is not null then model_id(model_name) end as model,
    case when is_ai and token_part is not null then model_name end as model_name,
    'cloud' as surface,
    lower(nullif(regexp_extract(the_sku, '(?i)\b(batch|priority|flex)\b', 1), '')) as service_tier,
    nullif(lower(regexp_extract(the_sku, '(?i)\b(long context)\b', 1)), '') as context_window,
    coalesce(the_project, the_project_id) as workspace,
    nullif(
        concat_ws(', ', the_service, nullif(labels, '[]'), nullif(tags, '[]')),
        ''
    ) as tags,
    case when token_part = 'uncached' then tokens end as input_tokens,
    case when token_part = 'read' then tokens end as cache_read_tokens,
    case when token_part = 'write' then tokens end as cache_write_tokens,
    case when token_part = 'output' then tokens end as output_tokens,
    case
        when has_tokens and regexp_matches(the_sku, '(?i)\bthinking text output\b') then tokens
    end as reasoning_tokens,
    case when has_tokens then 'reported' else 'none' end as token_basis,
    case when currency_code = 'USD' then cost_at_list end as list_cost_usd,
    case when currency_code = 'USD' then cost end as gross_cost_usd,
    -- Credits are negative.
    case when currency_code = 'USD' then cost + credited end as net_cost_usd,
    case when cost is not null then 'billed' else 'none' end as cost_basis,
    currency_code as currency,
    case when currency_code <> 'USD' then cost + credited end as billed_in_currency,
    case
        when is_regular and amount is not null and the_unit is not null and not has_tokens
            then map {
                'consumed_' || lower(regexp_replace(the_unit, '\W+', '_', 'g')): amount::double
            }
    end as metrics,
    case
        when is_ai and is_regular and token_part is not null and amount < 0
            then ['tokens_taken_back']
    end as flags,
    case
        when not is_ai and not coalesce(is_marked_ai, false) then 'not AI use'
        when not has_credit_list then 'credits are no list of amounts'
    end as set_aside
from charges
