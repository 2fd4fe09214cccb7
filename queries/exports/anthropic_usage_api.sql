-- title: Claude API usage report
-- table: usage
-- grain: one row per result of a bucket, for whatever the request grouped by
-- vendor: Anthropic
-- how: >
--   Ask the Admin API for the messages usage report with bucket_width=1d, grouped by api_key_id,
--   workspace_id, model, service_tier and context_window, and keep every page in one JSON file.
-- source: >
--   verified, from the vendor's API reference of 2026; the report counts no requests, and whether a
--   row that names a user's account counts the same use as one that names a service account is not
--   said: the first that is named owns the row
-- signature: [starting_at, uncached_input_tokens, cache_read_input_tokens, workspace_id]
-- records: data[].results[]
-- day: starting_at
-- authority: {tokens: usage, cost: none}
-- columns:
--   has_more: text
--   next_page: text
--   starting_at: time
--   ending_at: time
--   uncached_input_tokens: count
--   cache_creation.ephemeral_5m_input_tokens: count
--   cache_creation.ephemeral_1h_input_tokens: count
--   cache_read_input_tokens: count
--   output_tokens: count
--   server_tool_use.web_search_requests: count
--   account_id: person
--   service_account_id: text
--   api_key_id: text
--   workspace_id: text
--   model: text
--   service_tier: text
--   context_window: text
--   inference_geo: text
--   speed: text
select
    line,
    starting_at::date as day,
    'tokens' as row_kind,
    -- NULL means that the request was not grouped by it.
    coalesce(account_id, service_account_id, api_key_id) as actor,
    case
        when account_id is not null then 'person'
        when coalesce(service_account_id, api_key_id) is not null then 'service'
        else 'unknown'
    end as actor_type,
    api_key_id as credential,
    model_id(model) as model,
    model as model_name,
    'api' as surface,
    service_tier,
    context_window,
    -- Once rows are grouped by workspace, the one without a name is the default workspace.
    coalesce(workspace_id, case when bool_or(workspace_id is not null) over () then 'Default' end)
        as workspace,
    nullif(concat_ws(', ', nullif(inference_geo, 'not_available'), speed), '') as tags,
    uncached_input_tokens as input_tokens,
    cache_read_input_tokens as cache_read_tokens,
    coalesce(
        "cache_creation.ephemeral_5m_input_tokens" + "cache_creation.ephemeral_1h_input_tokens",
        "cache_creation.ephemeral_5m_input_tokens",
        "cache_creation.ephemeral_1h_input_tokens"
    ) as cache_write_tokens,
    output_tokens,
    'reported' as token_basis,
    'none' as cost_basis,
    known_entries([
        -- Writes kept for an hour cost more than those kept for five minutes.
        {
            'key': 'cache_write_1h_tokens',
            'value': "cache_creation.ephemeral_1h_input_tokens"::double
        },
        {'key': 'web_searches', 'value': "server_tool_use.web_search_requests"::double}
    ]) as metrics
from source
