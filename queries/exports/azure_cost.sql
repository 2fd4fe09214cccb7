-- title: Azure cost export
-- table: usage
-- grain: one row per meter, resource and day
-- vendor: Microsoft
-- how: >
--   In Cost Management create an export of amortised cost, daily, for the billing account or the
--   subscriptions, and hand in its CSV or parquet files.
-- source: >
--   verified header, from a published test file of an enterprise agreement and the vendor's column
--   lists; partly verified meter names, from public readers of the price list: they abbreviate in
--   many ways, and a meter whose name does not tell the direction keeps its tokens as a metric
-- signature: [MeterCategory, MeterName, UnitOfMeasure, Quantity]
-- account: SubscriptionId
-- day: Date
-- dates: mdy
-- authority: {tokens: bill, cost: bill}
-- marks:
--   service: [MeterCategory, ConsumedService]
--   account: [SubscriptionId, ResourceGroup, ResourceGroupName]
-- columns:
--   AccountId: text
--   AccountName: personal
--   AccountOwnerId: personal
--   AdditionalInfo: text
--   AvailabilityZone: text
--   BenefitId: text
--   BenefitName: text
--   BillingAccountId: text
--   BillingAccountName: text
--   BillingCurrency: text
--   BillingCurrencyCode: text
--   BillingPeriodEndDate: text
--   BillingPeriodStartDate: text
--   BillingProfileId: text
--   BillingProfileName: text
--   ChargeType: text
--   ConsumedService: text
--   Cost: money
--   CostAllocationRuleName: text
--   CostCenter: text
--   CostInBillingCurrency: money
--   CostInPricingCurrency: text
--   CostInUsd: money
--   CustomerName: text
--   CustomerTenantId: text
--   Date: day
--   EffectivePrice: text
--   ExchangeRateDate: text
--   ExchangeRatePricingToBilling: text
--   Frequency: text
--   InvoiceId: text
--   InvoiceSectionId: text
--   InvoiceSectionName: text
--   IsAzureCreditEligible: text
--   IsInvoiceSection: text
--   Location: text
--   MeterCategory: text
--   MeterId: text
--   MeterName: text
--   MeterRegion: text
--   MeterSubCategory: text
--   OfferId: text
--   PartNumber: text
--   PartnerEarnedCreditApplied: text
--   PartnerEarnedCreditRate: text
--   PartnerName: text
--   PartnerTenantId: text
--   PayGCostInBillingCurrency: money
--   PayGCostInUsd: money
--   PayGPrice: text
--   PlanName: text
--   PreviousInvoiceId: text
--   PricingCurrency: text
--   PricingModel: text
--   Product: text
--   ProductId: text
--   ProductName: text
--   ProductOrderId: text
--   ProductOrderName: text
--   Provider: text
--   PublisherId: text
--   PublisherName: text
--   PublisherType: text
--   Quantity: number
--   ResellerMpnId: text
--   ResellerName: text
--   ReservationId: text
--   ReservationName: text
--   ResourceGroup: text
--   ResourceGroupName: text
--   ResourceId: text
--   ResourceLocation: text
--   ResourceLocationNormalized: text
--   ResourceName: text
--   ResourceRate: text
--   ServiceFamily: text
--   ServiceInfo1: text
--   ServiceInfo2: text
--   ServicePeriodEndDate: text
--   ServicePeriodStartDate: text
--   SubscriptionId: text
--   SubscriptionName: text
--   Tags: text
--   Term: text
--   UnitOfMeasure: text
--   UnitPrice: text
--   UsageDateTime: day
with meters as (
    select
        *,
        coalesce("Date", UsageDateTime) as used_on,
        coalesce(ResourceGroup, ResourceGroupName) as resource_group,
        coalesce(
            ResourceName,
            nullif(regexp_extract(ResourceId, '/providers/.*/([^/]+)$', 1), '')
        ) as resource,
        -- Where the bill is in another currency, some agreements state the dollars beside it.
        case
            when CostInUsd is not null then 'USD'
            else upper(coalesce(BillingCurrency, BillingCurrencyCode, 'usd'))
        end as currency_code,
        case
            when CostInUsd is not null then CostInUsd
            else coalesce(CostInBillingCurrency, Cost)
        end as charge,
        ServiceFamily = 'AI + Machine Learning'
        or regexp_matches(concat_ws(' ', MeterCategory, MeterSubCategory), '(?i)openai|foundry model')
            as is_ai,
        coalesce(ChargeType, 'Usage') = 'Usage' as is_usage,
        -- 1K, 1M, 1000, 10K, 1M Tokens: how many one of the quantity holds.
        regexp_extract(
            UnitOfMeasure,
            '(?i)^([\d,]+) ?([KM]?)(?: tokens?)?$',
            ['number', 'scale']
        ) as unit,
        regexp_matches(MeterName, '(?i)\b(inp|inpt|input|outp|outpt|output|opt)\b') as tells_direction,
        regexp_matches(MeterName, '(?i)\b(cached|cchd|cache|cd)\b') as is_cached,
        regexp_matches(MeterName, '(?i)\b(wrt|wr|write|writes|creation)\b') as is_written,
        regexp_matches(MeterName, '(?i)\b(outp|outpt|output|opt)\b') as is_output,
        regexp_matches(MeterName, '(?i)embed') as is_embedding,
        regexp_matches(MeterName, '(?i)\b(hosting|training|storage|unit|units|session|sessions)\b')
            as is_no_token
    from source
),

parts as (
    select
        *,
        try_cast(replace(unit.number, ',', '') as integer)::bigint
        * case upper(unit.scale) when 'K' then 1000 when 'M' then 1000000 else 1 end as unit_size,
        case
            when not is_ai or not is_usage or is_no_token then null
            when is_cached and is_written then 'write'
            when is_cached then 'read'
            when is_output then 'output'
            when tells_direction or is_embedding then 'uncached'
        end as token_part,
        -- What stands before the words on direction, cache, tier and place is the model, with the
        -- month and day of its version.
        nullif(
            regexp_extract(
                MeterName,
                '(?i)^(.*?)[ -]+(?:cached|cchd|cache|cd|batch|inp|inpt|input|outp|outpt|output|opt'
                || '|pp|glbl|global|gl|regnl|regional|dzone|data zone|shortco|longco|prty|provisioned'
                || '|tokens?|1m)\b',
                1
            ),
            ''
        ) as model_part
    from meters
),

charges as (
    select
        *,
        -- A correction can take tokens back; the store counts none below zero, nor what no company
        -- could use in a day.
        coalesce(
            token_part is not null
            and unit_size between 1 and 1000000
            and Quantity between 0 and 1000000000000,
            false
        ) as has_tokens,
        case when has_tokens then (Quantity * unit_size)::bigint end as tokens,
        -- A meter may name the model in its category alone.
        case
            when not regexp_matches(model_part, '(?i)^(cached|cchd|cache|cd|batch|inp|inpt|input)\b')
                then model_part
        end as model_name,
        regexp_replace(model_name, '[ -](0[1-9]|1[0-2])[0-3]\d$', '') as undated_model
    from parts
)

select
    line,
    used_on as day,
    SubscriptionId as account,
    case
        when ChargeType = 'Purchase' then 'purchase'
        when has_tokens then 'tokens'
        else 'cost'
    end as row_kind,
    -- The export names no person: the resource that was called is all that is known.
    resource as actor,
    case when resource is not null then 'service' else 'unknown' end as actor_type,
    resource as credential,
    case when token_part is not null then model_id(undated_model) end as model,
    case when token_part is not null then model_name end as model_name,
    'cloud' as surface,
    case when regexp_matches(MeterName, '(?i)\bbatch\b') then 'batch' end as service_tier,
    resource_group as workspace,
    nullif(concat_ws(', ', MeterCategory, MeterSubCategory, Tags), '') as tags,
    case when token_part = 'uncached' then tokens end as input_tokens,
    case when token_part = 'read' then tokens end as cache_read_tokens,
    case when token_part = 'write' then tokens end as cache_write_tokens,
    case when token_part = 'output' then tokens end as output_tokens,
    case when has_tokens then 'reported' else 'none' end as token_basis,
    case
        when currency_code = 'USD' and CostInUsd is not null then PayGCostInUsd
        when currency_code = 'USD' then PayGCostInBillingCurrency
    end as list_cost_usd,
    case when currency_code = 'USD' then charge end as net_cost_usd,
    case when charge is not null then 'billed' else 'none' end as cost_basis,
    currency_code as currency,
    case when currency_code <> 'USD' then charge end as billed_in_currency,
    case
        when is_usage and Quantity is not null and UnitOfMeasure is not null and not has_tokens
            then map {
                'consumed_' || lower(regexp_replace(UnitOfMeasure, '\W+', '_', 'g')): Quantity::double
            }
    end as metrics,
    case when token_part is not null and Quantity < 0 then ['tokens_taken_back'] end as flags,
    case
        when not coalesce(is_ai, false) and not coalesce(is_marked_ai, false)
            then 'not AI use'
    end as set_aside
from charges
