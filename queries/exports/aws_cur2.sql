-- title: AWS cost and usage report
-- table: usage
-- grain: one row per line item
-- vendor: AWS
-- how: >
--   In Billing and Cost Management create a data export "CUR 2.0" as CSV or parquet, with the IAM
--   principal and the tags among its columns. The cost and usage report of before is read too, under
--   the names of its CSV and under those it has in parquet and in Athena.
-- source: >
--   verified for the columns and for the usage types of Bedrock, from the vendor's documentation;
--   the model's part of a usage type is a billing name and no model id. Models bought through the
--   marketplace are billed in units of no told size, so that their tokens stay unknown
-- signature: [line_item_usage_type, line_item_unblended_cost]
-- also:
--   # lineItem/UsageType, and in parquet a column for each tag, attribute and category
--   '[/:]|(?<=[A-Za-z])(?=[A-Z])': _
--   '(?i)^(cost_category|discount|product|resource_tags|tags)_(?=.)': '\1.'
-- account: line_item_usage_account_id
-- day: line_item_usage_start_date
-- authority: {tokens: bill, cost: bill}
-- marks:
--   service: [line_item_product_code]
--   account: [line_item_usage_account_id, bill_payer_account_id]
-- columns:
--   bill_bill_type: text
--   bill_billing_entity: text
--   bill_billing_period_end_date: text
--   bill_billing_period_start_date: text
--   bill_invoice_id: text
--   bill_invoicing_entity: text
--   bill_payer_account_id: text
--   bill_payer_account_name: text
--   cost_category: text
--   discount: text
--   discount_bundled_discount: text
--   discount_total_discount: text
--   identity_line_item_id: text
--   identity_time_interval: text
--   line_item_availability_zone: text
--   line_item_blended_cost: text
--   line_item_blended_rate: text
--   line_item_currency_code: text
--   line_item_iam_principal: text       # a person only in some of its forms, which the query tells apart
--   line_item_legal_entity: text
--   line_item_line_item_description: text
--   line_item_line_item_type: text
--   line_item_net_unblended_cost: text
--   line_item_net_unblended_rate: text
--   line_item_normalization_factor: text
--   line_item_normalized_usage_amount: text
--   line_item_operation: text
--   line_item_product_code: text
--   line_item_resource_id: text
--   line_item_tax_type: text
--   line_item_unblended_cost: money
--   line_item_unblended_rate: text
--   line_item_usage_account_id: text
--   line_item_usage_account_name: text
--   line_item_usage_amount: number
--   line_item_usage_end_date: text
--   line_item_usage_start_date: time
--   line_item_usage_type: text
--   pricing_currency: text
--   pricing_lease_contract_length: text
--   pricing_offering_class: text
--   pricing_public_on_demand_cost: money
--   pricing_public_on_demand_rate: text
--   pricing_purchase_option: text
--   pricing_rate_code: text
--   pricing_rate_id: text
--   pricing_term: text
--   pricing_unit: text
--   product: text
--   product_comment: text
--   product_fee_code: text
--   product_fee_description: text
--   product_from_location: text
--   product_from_location_type: text
--   product_from_region_code: text
--   product_instance_family: text
--   product_instance_type: text
--   product_instancesku: text
--   product_location: text
--   product_location_type: text
--   product_operation: text
--   product_pricing_unit: text
--   product_product_family: text
--   product_region_code: text
--   product_servicecode: text
--   product_sku: text
--   product_to_location: text
--   product_to_location_type: text
--   product_to_region_code: text
--   product_usagetype: text
--   reservation_amortized_upfront_cost_for_usage: text
--   reservation_amortized_upfront_fee_for_billing_period: text
--   reservation_availability_zone: text
--   reservation_effective_cost: text
--   reservation_end_time: text
--   reservation_modification_status: text
--   reservation_net_amortized_upfront_cost_for_usage: text
--   reservation_net_amortized_upfront_fee_for_billing_period: text
--   reservation_net_effective_cost: text
--   reservation_net_recurring_fee_for_usage: text
--   reservation_net_unused_amortized_upfront_fee_for_billing_period: text
--   reservation_net_unused_recurring_fee: text
--   reservation_net_upfront_value: text
--   reservation_normalized_units_per_reservation: text
--   reservation_number_of_reservations: text
--   reservation_recurring_fee_for_usage: text
--   reservation_reservation_a_r_n: text
--   reservation_start_time: text
--   reservation_subscription_id: text
--   reservation_total_reserved_normalized_units: text
--   reservation_total_reserved_units: text
--   reservation_units_per_reservation: text
--   reservation_unused_amortized_upfront_fee_for_billing_period: text
--   reservation_unused_normalized_unit_quantity: text
--   reservation_unused_quantity: text
--   reservation_unused_recurring_fee: text
--   reservation_upfront_value: text
--   resource_tags: text
--   savings_plan_amortized_upfront_commitment_for_billing_period: text
--   savings_plan_end_time: text
--   savings_plan_instance_type_family: text
--   savings_plan_net_amortized_upfront_commitment_for_billing_period: text
--   savings_plan_net_recurring_commitment_for_billing_period: text
--   savings_plan_net_savings_plan_effective_cost: text
--   savings_plan_offering_type: text
--   savings_plan_payment_option: text
--   savings_plan_purchase_term: text
--   savings_plan_recurring_commitment_for_billing_period: text
--   savings_plan_region: text
--   savings_plan_savings_plan_a_r_n: text
--   savings_plan_savings_plan_effective_cost: text
--   savings_plan_savings_plan_rate: text
--   savings_plan_start_time: text
--   savings_plan_total_commitment_to_date: text
--   savings_plan_used_commitment: text
--   split_line_item_actual_usage: text
--   split_line_item_net_split_cost: text
--   split_line_item_net_unused_cost: text
--   split_line_item_parent_resource_id: text
--   split_line_item_public_on_demand_split_cost: text
--   split_line_item_public_on_demand_unused_cost: text
--   split_line_item_reserved_usage: text
--   split_line_item_split_cost: text
--   split_line_item_split_usage: text
--   split_line_item_split_usage_ratio: text
--   split_line_item_unused_cost: text
--   tags: text
with parsed as (
    -- A usage type reads <region>-<model>-<part of the tokens>[-<how it ran>].
    select
        *,
        regexp_extract(
            line_item_usage_type,
            '^(?:(?:[A-Z]{2,4}\d{1,2}|EU|US)-)?(.+?)-(?:mantle-)?'
            || '(input-tokens|output-tokens|cache-(?:read|write)[a-z0-9-]*-token-count)(?:-(.+))?$',
            ['model', 'part', 'mode']
        ) as usage_type
    from source
),

named as (
    select
        *,
        nullif(usage_type.model, '') as model_name,
        nullif(usage_type.mode, '') as mode,
        upper(coalesce(line_item_currency_code, 'usd')) as billing_currency,
        starts_with(lower(line_item_product_code), 'amazonbedrock')
        or contains(lower(product), 'amazon bedrock edition') as is_bedrock,
        coalesce(line_item_line_item_type, 'Usage')
        in ('Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage') as is_usage,
        -- A report without the unit's column has Bedrock's tokens in thousands, as documented.
        case lower(coalesce(pricing_unit, '1K tokens'))
            when '1k tokens' then 1000
            when '1m tokens' then 1000000
            when 'tokens' then 1
        end as tokens_per_unit,
        case
            when usage_type.part = 'input-tokens' then 'uncached'
            when usage_type.part = 'output-tokens' then 'output'
            when starts_with(usage_type.part, 'cache-read') then 'read'
            when starts_with(usage_type.part, 'cache-write') then 'write'
        end as token_part
    from parsed
),

charges as (
    select
        *,
        -- A correction can take tokens back; the store counts none below zero, nor what no company
        -- could use in an hour.
        coalesce(
            is_bedrock
            and is_usage
            and token_part is not null
            and line_item_usage_amount between 0 and 1000000000000,
            false
        )
        and tokens_per_unit is not null as has_tokens,
        case when has_tokens then (line_item_usage_amount * tokens_per_unit)::bigint end as tokens,
        person_of_arn(line_item_iam_principal) as person,
        service_of_arn(line_item_iam_principal) as service,
        -- Tags of a principal can bear the name of whom the hash beside them hides.
        [
            regexp_replace(
                tags_of_one_sort,
                '(?i),?\s*"iam_?principal[/_][^"]*(user|name|mail|login)[^"]*"\s*:\s*"[^"]*"',
                '',
                'g'
            ).regexp_replace('^\{\s*,\s*', '{')
            for tags_of_one_sort in [resource_tags, tags]
        ] as tags_without_names
    from named
)

select
    line,
    line_item_usage_start_date::date as day,
    line_item_usage_account_id as account,
    case when has_tokens then 'tokens' else 'cost' end as row_kind,
    coalesce(person, service) as actor,
    case
        when person is not null then 'person'
        when service is not null then 'service'
        else 'unknown'
    end as actor_type,
    service as credential,
    -- Claude4.6Sonnet is the Claude Sonnet 4.6 of the price lists, Nova2.0Lite their nova-2-lite.
    case
        when is_bedrock
            then model_id(
                model_name
                    .regexp_replace('^(Claude|Nova|Titan)(\d|[A-Z])', '\1-\2')
                    .regexp_replace('(\d)([A-Z][a-z])', '\1-\2')
                    .regexp_replace('^(Claude-.*[a-z])v\d$', '\1')
                    .regexp_replace('(\d)\.0(-|$)', '\1\2')
            )
    end as model,
    case when is_bedrock then model_name end as model_name,
    'cloud' as surface,
    nullif(regexp_extract(mode, '(flex|priority|batch|standard|reserved)', 1), '') as service_tier,
    nullif(regexp_extract(mode, '(long-context)', 1), '') as context_window,
    line_item_usage_account_name as workspace,
    nullif(
        concat_ws(
            ', ',
            line_item_product_code,
            nullif(regexp_extract(mode, '(cross-region-[a-z]+)', 1), ''),
            nullif(tags_without_names[1], '{}'),
            nullif(tags_without_names[2], '{}')
        ),
        ''
    ) as tags,
    case when token_part = 'uncached' then tokens end as input_tokens,
    case when token_part = 'read' then tokens end as cache_read_tokens,
    case when token_part = 'write' then tokens end as cache_write_tokens,
    case when token_part = 'output' then tokens end as output_tokens,
    case when has_tokens then 'reported' else 'none' end as token_basis,
    case when billing_currency = 'USD' then pricing_public_on_demand_cost end as list_cost_usd,
    case when billing_currency = 'USD' then line_item_unblended_cost end as net_cost_usd,
    case when line_item_unblended_cost is not null then 'billed' else 'none' end as cost_basis,
    billing_currency as currency,
    case when billing_currency <> 'USD' then line_item_unblended_cost end as billed_in_currency,
    -- Tokens of no told size, tokens taken back and every other unit keep their own name.
    case
        when is_usage and line_item_usage_amount is not null and pricing_unit is not null and not has_tokens
            then map {
                'consumed_' || lower(regexp_replace(pricing_unit, '\W+', '_', 'g')):
                line_item_usage_amount::double
            }
    end as metrics,
    case
        when is_bedrock and is_usage and token_part is not null and line_item_usage_amount < 0
            then ['tokens_taken_back']
    end as flags,
    case
        when not coalesce(is_bedrock, false) and not coalesce(is_marked_ai, false)
            then 'not AI use'
    end as set_aside
from charges
