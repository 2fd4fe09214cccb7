-- title: Cursor usage events API
-- table: usage
-- grain: one row per event
-- vendor: Cursor
-- how: >
--   Ask the team's Admin API for filtered usage events of the days wanted, and keep every page as
--   JSON.
-- source: >
--   verified, from the vendor's Admin API description; amounts are cents, and the token fee is
--   charged on top of the value of the tokens. Events of service accounts are partly verified
-- signature: [timestamp, userEmail, requestsCosts, isTokenBasedCall]
-- records: usageEvents[]
-- day: timestamp
-- authority: {tokens: usage, cost: bill}
-- columns:
--   timestamp: number             # text of Unix milliseconds
--   userEmail: person
--   serviceAccountId: text
--   serviceAccountName: text
--   conversationId: text
--   model: text
--   kind: text
--   kindLabel: text
--   maxMode: flag
--   requestsCosts: number
--   isTokenBasedCall: flag
--   isChargeable: flag
--   isHeadless: flag
--   isFreeBugbot: flag
--   usageBasedCosts: text
--   tokenUsage: text
--   tokenUsage.inputTokens: count
--   tokenUsage.outputTokens: count
--   tokenUsage.cacheWriteTokens: count
--   tokenUsage.cacheReadTokens: count
--   tokenUsage.totalCents: money
--   chargedCents: money
--   cursorTokenFee: money
--   totalUsageEventsCount: text
--   pagination: text
--   period: text
with charges as (
    select
        *,
        lower(coalesce(kind, kindLabel)) as label,
        coalesce(starts_with(label, 'included'), false) as is_included,
        is_included or coalesce(not isChargeable, false) as is_free,
        -- Cents; times 0.01, because a division would leave exact numbers.
        ("tokenUsage.totalCents" + coalesce(cursorTokenFee, 0)) * 0.01 as value_usd
    from source
)

select
    line,
    try(make_timestamp((timestamp * 1000)::bigint))::date as day,
    'tokens' as row_kind,
    coalesce(userEmail, serviceAccountName, serviceAccountId) as actor,
    case
        when userEmail is not null then 'person'
        when coalesce(serviceAccountName, serviceAccountId) is not null then 'service'
        else 'unknown'
    end as actor_type,
    model_id(model) as model,
    model as model_name,
    case when isHeadless then 'code_agent' else 'ide' end as surface,
    case when maxMode then 'max' end as service_tier,
    nullif(
        concat_ws(
            ', ',
            case when isHeadless then 'headless' end,
            case when isFreeBugbot then 'bugbot' end
        ),
        ''
    ) as tags,
    "tokenUsage.inputTokens" as input_tokens,
    "tokenUsage.cacheReadTokens" as cache_read_tokens,
    "tokenUsage.cacheWriteTokens" as cache_write_tokens,
    "tokenUsage.outputTokens" as output_tokens,
    case
        when coalesce("tokenUsage.inputTokens", "tokenUsage.outputTokens") is not null
            then 'reported'
        else 'none'
    end as token_basis,
    1 as requests,
    starts_with(label, 'errored')::bigint as failed_requests,
    requestsCosts as credits,
    case when requestsCosts is not null then 'cursor_request' end as credit_unit,
    value_usd as gross_cost_usd,
    case when is_free then 0 else chargedCents * 0.01 end as net_cost_usd,
    -- Older answers state the value of an event and no charge.
    case when not is_free and chargedCents is null then value_usd end as estimated_cost_usd,
    case
        when is_included then 'covered_by_plan'
        when is_free or chargedCents is not null then 'billed'
        when value_usd is not null then 'vendor_estimate'
        else 'none'
    end as cost_basis
from charges
