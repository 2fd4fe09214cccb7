-- title: FOCUS cost and usage
-- table: usage
-- grain: one row per charge
-- how: Export FOCUS cost and usage data from the cloud's cost management as CSV or parquet.
-- source: >
--   verified for 1.0 to 1.3, from the published specification and its samples; the columns that
--   name a principal, a credential and a model are those of a working draft, as are the examples
--   of them; where the direction of tokens is not told, the meter's name tells it
-- signature: [ChargePeriodStart, BilledCost, EffectiveCost]
-- account: BillingAccountId
-- day: ChargePeriodStart
-- authority: {tokens: bill, cost: bill, foreign: true}
-- marks:
--   provider: [ProviderName, ServiceProviderName]
--   service: [ServiceName]
--   account: [SubAccountId, BillingAccountId]
-- columns:
--   AllocatedMethodDetails: text
--   AllocatedMethodId: text
--   AllocatedResourceId: text
--   AllocatedResourceName: text
--   AllocatedTags: text
--   AvailabilityZone: text
--   BilledCost: money
--   BillingAccountId: text
--   BillingAccountName: text
--   BillingAccountType: text
--   BillingCurrency: text
--   BillingPeriodEnd: time
--   BillingPeriodStart: time
--   CapacityReservationId: text
--   CapacityReservationStatus: text
--   ChargeCategory: text
--   ChargeClass: text
--   ChargeDescription: text
--   ChargeFrequency: text
--   ChargePeriodEnd: time
--   ChargePeriodStart: time
--   CommitmentDiscountCategory: text
--   CommitmentDiscountId: text
--   CommitmentDiscountName: text
--   CommitmentDiscountQuantity: text
--   CommitmentDiscountStatus: text
--   CommitmentDiscountType: text
--   CommitmentDiscountUnit: text
--   ConsumedQuantity: number
--   ConsumedUnit: text
--   ConsumerId: person
--   ContractApplied: text
--   ContractedCost: text
--   ContractedUnitPrice: text
--   CredentialDetails: personal
--   CredentialId: text
--   EffectiveCost: money
--   HostProviderName: text
--   InvoiceId: text
--   InvoiceIssuerName: text
--   ListCost: money
--   ListUnitPrice: text
--   PricingCategory: text
--   PricingCurrency: text
--   PricingCurrencyContractedUnitPrice: text
--   PricingCurrencyEffectiveCost: number
--   PricingCurrencyListUnitPrice: text
--   PricingQuantity: text
--   PricingUnit: text
--   PrincipalId: text                # a person, unless RequesterDetails says otherwise
--   ProviderName: text
--   PublisherName: text
--   RegionId: text
--   RegionName: text
--   RequesterDetails: text           # read for the principal's type alone, and never kept
--   ResourceId: text
--   ResourceName: text
--   ResourceType: text
--   ServiceCategory: text
--   ServiceName: text
--   ServiceProviderName: text
--   ServiceSubcategory: text
--   SkuId: text
--   SkuMeter: text
--   SkuPriceDetails: text
--   SkuPriceId: text
--   SubAccountId: text
--   SubAccountName: text
--   SubAccountType: text
--   TagDetails: text
--   Tags: text
with charges as (
    select
        *,
        vendor_name(coalesce(ServiceProviderName, ProviderName)) as vendor,
        upper(coalesce(BillingCurrency, 'usd')) as billing_currency,
        -- A pricing currency that is no ISO code is the vendor's own credit.
        not regexp_matches(PricingCurrency, '^[A-Z]{3}$') as is_priced_in_credits,
        case when json_valid(SkuPriceDetails) then SkuPriceDetails::json end as sku,
        sku ->> '$.ModelId' as model_name,
        coalesce(lower(ConsumedUnit), '') = 'tokens' as counts_tokens,
        coalesce(
            lower(sku ->> '$.TokenDirection'),
            lower(nullif(regexp_extract(SkuMeter, '(?i)\b(input|output) tokens?\b', 1), ''))
        ) as direction,
        coalesce(
            lower(sku ->> '$.TokenCacheAction'),
            lower(nullif(regexp_extract(SkuMeter, '(?i)\bcache (read|write)\b', 1), '')),
            'uncached'
        ) as cache_action,
        [
            requester ->> '$.value.Type'
            for requester in json_extract(try_cast(RequesterDetails as json), '$[*]')
            if requester ->> '$.key' = 'Principal'
        ][1] as principal_type,
        -- A bot's account is named in clear; whose type is not told counts as a person.
        PrincipalId is not null
        and coalesce(regexp_matches(principal_type, '(?i)service|role|workload|machine|agent'), false)
            as is_service_account,
        case
            -- A correction can take tokens back; the store counts none below zero.
            when not counts_tokens or ConsumedQuantity < 0 or ConsumedQuantity > 1000000000000000000
                then null
            when direction = 'output' then 'output'
            when direction = 'input' then cache_action
        end as token_part,
        counts_tokens
        and ConsumedQuantity is not null
        and coalesce(token_part in ('uncached', 'read', 'write', 'output'), false) as has_tokens
    from source
)

select
    line,
    ChargePeriodStart::date as day,
    BillingAccountId as account,
    vendor,
    case
        -- What is bought and used up at once, as a subscription, is cost; what later use draws
        -- down has no effective cost of its own.
        when ChargeCategory = 'Purchase' and coalesce(EffectiveCost, 0) = 0 then 'purchase'
        when has_tokens then 'tokens'
        else 'cost'
    end as row_kind,
    coalesce(PrincipalId, ConsumerId, CredentialId) as actor,
    case
        when is_service_account then 'service'
        when coalesce(PrincipalId, ConsumerId) is not null then 'person'
        when CredentialId is not null then 'service'
        else 'unknown'
    end as actor_type,
    CredentialId as credential,
    model_id(model_name) as model,
    model_name,
    'cloud' as surface,
    coalesce(SubAccountName, SubAccountId) as workspace,
    nullif(concat_ws(', ', ServiceName, Tags), '') as tags,
    case when has_tokens and token_part = 'uncached' then ConsumedQuantity end::bigint
        as input_tokens,
    case when has_tokens and token_part = 'read' then ConsumedQuantity end::bigint
        as cache_read_tokens,
    case when has_tokens and token_part = 'write' then ConsumedQuantity end::bigint
        as cache_write_tokens,
    case when has_tokens and token_part = 'output' then ConsumedQuantity end::bigint
        as output_tokens,
    case when has_tokens then 'reported' else 'none' end as token_basis,
    case when is_priced_in_credits then PricingCurrencyEffectiveCost end as credits,
    -- One vendor's credit is not another's.
    case
        when is_priced_in_credits and PricingCurrencyEffectiveCost is not null
            then lower(regexp_replace(concat_ws(' ', vendor, PricingCurrency), '\W+', '_', 'g'))
    end as credit_unit,
    case when billing_currency = 'USD' then ListCost end as list_cost_usd,
    case when billing_currency = 'USD' then BilledCost end as net_cost_usd,
    case when billing_currency = 'USD' then EffectiveCost end as amortised_cost_usd,
    case when BilledCost is not null then 'billed' else 'none' end as cost_basis,
    billing_currency as currency,
    case when billing_currency <> 'USD' then BilledCost end as billed_in_currency,
    -- Tokens of no told direction, tokens taken back and every other unit keep their own name.
    case
        when
            ConsumedQuantity is not null
            and ConsumedUnit is not null
            and not has_tokens
            then map {
                'consumed_' || lower(regexp_replace(ConsumedUnit, '\W+', '_', 'g')):
                ConsumedQuantity::double
            }
    end as metrics,
    case when counts_tokens and ConsumedQuantity < 0 then ['tokens_taken_back'] end as flags,
    case
        when
            ServiceCategory is distinct from 'AI and Machine Learning'
            and not coalesce(is_marked_ai, false)
            then 'not AI use'
    end as set_aside
from charges
