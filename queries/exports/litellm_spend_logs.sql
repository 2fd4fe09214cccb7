-- title: LiteLLM spend logs
-- table: usage
-- grain: one row per request
-- how: Export the table LiteLLM_SpendLogs of the gateway's database as CSV or JSON.
-- source: >
--   verified, from the gateway's database schema and its tests; the bodies of requests and answers
--   are dropped, and of metadata only the usage and the names of key and team are read
-- signature: [request_id, spend, startTime, model_group]
-- accounts: litellm_daily    # the same gateway: of the two exports one counts
-- day: startTime
-- authority: {tokens: usage, cost: estimate, foreign: true}
-- prompts: true
-- columns:
--   request_id: text
--   call_type: text
--   api_key: text
--   spend: money
--   total_tokens: count
--   prompt_tokens: count
--   completion_tokens: count
--   startTime: time
--   endTime: text
--   request_duration_ms: text
--   completionStartTime: text
--   model: text
--   model_id: text
--   model_group: text
--   custom_llm_provider: text
--   api_base: text
--   user: text
--   metadata: text
--   metadata.usage_object.cache_read_input_tokens: count
--   metadata.usage_object.cache_creation_input_tokens: count
--   metadata.usage_object.prompt_tokens_details.cached_tokens: count
--   metadata.usage_object.prompt_tokens_details.cache_creation_tokens: count
--   metadata.usage_object.completion_tokens_details.reasoning_tokens: count
--   metadata.user_api_key_alias: text
--   metadata.user_api_key_team_alias: text
--   cache_hit: flag
--   cache_key: text
--   request_tags: text
--   team_id: text
--   organization_id: text
--   end_user: text
--   requester_ip_address: personal
--   messages: personal
--   response: personal
--   proxy_server_request: personal
--   session_id: text
--   status: text
--   mcp_namespaced_tool_name: text
--   agent_id: text
with parsed as (
    -- A CSV holds metadata as the text of one object, which JSON has already taken apart.
    select
        * exclude ("user", metadata, cache_hit),
        nullif("user", 'default_user_id') as key_owner,
        try_cast(metadata as json) as details,
        cache_hit as is_answered_by_gateway,
        try_cast(request_tags as varchar[]) as tag_list,
        coalesce(model, model_group) as called_model
    from source
),

cached as (
    -- Providers write the cached parts in one of two places, and sometimes in both.
    select
        *,
        coalesce(
            "metadata.usage_object.cache_read_input_tokens",
            "metadata.usage_object.prompt_tokens_details.cached_tokens",
            (details ->> '$.usage_object.cache_read_input_tokens')::bigint,
            (details ->> '$.usage_object.prompt_tokens_details.cached_tokens')::bigint
        ) as read_tokens,
        coalesce(
            "metadata.usage_object.cache_creation_input_tokens",
            "metadata.usage_object.prompt_tokens_details.cache_creation_tokens",
            (details ->> '$.usage_object.cache_creation_input_tokens')::bigint,
            (details ->> '$.usage_object.prompt_tokens_details.cache_creation_tokens')::bigint
        ) as written_tokens,
        -- prompt_tokens holds the cached parts too; a release that left writes out can make the
        -- rest come out below zero.
        prompt_tokens - coalesce(read_tokens, 0) - coalesce(written_tokens, 0) as uncached_tokens
    from parsed
)

select
    line,
    startTime::date as day,
    vendor_name(
        coalesce(
            custom_llm_provider,
            nullif(regexp_extract(called_model, '^([^/]+)/', 1), '')
        )
    ) as vendor,
    'tokens' as row_kind,
    coalesce(key_owner, end_user) as actor,
    case when coalesce(key_owner, end_user) is not null then 'person' else 'unknown' end
        as actor_type,
    api_key as credential,
    model_id(called_model) as model,
    called_model as model_name,
    'api' as surface,
    coalesce(
        "metadata.user_api_key_team_alias",
        details ->> '$.user_api_key_team_alias',
        team_id,
        organization_id
    ) as workspace,
    coalesce("metadata.user_api_key_alias", details ->> '$.user_api_key_alias') as key_name,
    nullif(array_to_string(tag_list, ', '), '') as tags,
    coalesce(mcp_namespaced_tool_name, agent_id) as trace,
    case when uncached_tokens < 0 then 0 else uncached_tokens end as input_tokens,
    read_tokens as cache_read_tokens,
    written_tokens as cache_write_tokens,
    completion_tokens as output_tokens,
    coalesce(
        "metadata.usage_object.completion_tokens_details.reasoning_tokens",
        (details ->> '$.usage_object.completion_tokens_details.reasoning_tokens')::bigint
    ) as reasoning_tokens,
    case
        when prompt_tokens is null then 'none'
        when coalesce(read_tokens, written_tokens) is null then 'total_only'
        else 'derived'
    end as token_basis,
    1 as requests,
    case lower(status) when 'failure' then 1 when 'success' then 0 end as failed_requests,
    spend as estimated_cost_usd,
    case when spend is not null then 'vendor_estimate' else 'none' end as cost_basis,
    nullif(
        list_filter(
            [
                case when uncached_tokens < 0 then 'inclusive_clamped' end,
                case when is_answered_by_gateway then 'answered_by_gateway_cache' end,
                case when key_owner is null and end_user is not null then 'named_by_end_user' end
            ],
            lambda flag: flag is not null
        ),
        []
    ) as flags
from cached
