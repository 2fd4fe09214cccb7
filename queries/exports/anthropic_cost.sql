-- title: Claude Console cost
-- table: usage
-- grain: one row per day, key, workspace, model, context window and token type
-- vendor: Anthropic
-- how: In the Claude Console open Cost, choose a month and all workspaces, and export the CSV.
-- source: >
--   verified, from two trimmed real exports and from real files of 2024; each row is rounded to
--   cents by the vendor, so many small rows are 0.00 and totals drift from the invoice
-- signature: [usage_date_utc, token_type, cost_usd]
-- day: usage_date_utc
-- authority: {tokens: none, cost: bill}
-- columns:
--   usage_date_utc: time
--   model: text
--   workspace: text
--   api_key: text
--   usage_type: text
--   context_window: text
--   token_type: text
--   cost_usd: money
--   list_price_usd: money
--   cost_type: text
--   inference_geo: text
--   speed: text
--   api_key_id: text
--   api_key_status: text
with keys as (
    -- A Claude Code key is named after its user: claude_code_key_<user>_<4 characters>.
    select
        *,
        nullif(regexp_extract(api_key, '(?i)^claude_code_key_(.+?)(_[^_]{4})?$', 1), '') as key_user
    from source
)

select
    line,
    usage_date_utc::date as day,
    'cost' as row_kind,
    coalesce(key_user, api_key, api_key_id) as actor,
    case
        when key_user is not null then 'person'
        when coalesce(api_key, api_key_id) is not null then 'service'
        else 'unknown'
    end as actor_type,
    coalesce(api_key_id, case when key_user is null then api_key end) as credential,
    model_id(model) as model,
    model as model_name,
    case when key_user is not null then 'code_agent' else 'api' end as surface,
    -- The cost file says "message" where the tokens file says which tier.
    nullif(usage_type, 'message') as service_tier,
    context_window,
    workspace,
    case when key_user is not null then 'claude_code_key_*' else api_key end as key_name,
    nullif(
        concat_ws(
            ', ',
            coalesce(token_type, cost_type),
            nullif(inference_geo, 'not_available'),
            speed
        ),
        ''
    ) as tags,
    'none' as token_basis,
    list_price_usd as list_cost_usd,
    cost_usd as net_cost_usd,
    case when cost_usd is not null then 'billed' else 'none' end as cost_basis
from keys
