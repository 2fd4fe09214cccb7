-- title: LiteLLM daily user spend
-- table: usage
-- grain: one row per day, user, key, model, provider, endpoint and tool
-- how: Export the table LiteLLM_DailyUserSpend of the gateway's database as CSV.
-- source: >
--   verified, from the gateway's database schema; the team, organisation, tag and agent tables
--   repeat the same use and are not read
-- signature: [user_id, date, api_key, prompt_tokens, api_requests, spend]
-- day: date
-- authority: {tokens: usage, cost: estimate, foreign: true}
-- columns:
--   id: text
--   user_id: text
--   date: day
--   api_key: text
--   model: text
--   model_group: text
--   custom_llm_provider: text
--   mcp_namespaced_tool_name: text
--   endpoint: text
--   prompt_tokens: count
--   completion_tokens: count
--   cache_read_input_tokens: count
--   cache_creation_input_tokens: count
--   spend: money
--   api_requests: count
--   successful_requests: count
--   failed_requests: count
--   created_at: text
--   updated_at: text
with parts as (
    -- prompt_tokens holds the cached parts too. One release added cache reads but not writes, so
    -- the rest can come out below zero.
    select
        * exclude (user_id),
        nullif(trim(user_id), 'default_user_id') as user_id,
        coalesce(model, model_group) as called_model,
        prompt_tokens
        - coalesce(cache_read_input_tokens, 0)
        - coalesce(cache_creation_input_tokens, 0) as uncached_tokens
    from source
)

select
    line,
    date as day,
    vendor_name(
        coalesce(
            custom_llm_provider,
            nullif(regexp_extract(called_model, '^([^/]+)/', 1), '')
        )
    ) as vendor,
    'tokens' as row_kind,
    user_id as actor,
    case when user_id is not null then 'person' else 'unknown' end as actor_type,
    api_key as credential,
    model_id(called_model) as model,
    called_model as model_name,
    'api' as surface,
    endpoint as tags,
    mcp_namespaced_tool_name as trace,
    case when uncached_tokens < 0 then 0 else uncached_tokens end as input_tokens,
    cache_read_input_tokens as cache_read_tokens,
    cache_creation_input_tokens as cache_write_tokens,
    completion_tokens as output_tokens,
    case
        when prompt_tokens is null then 'none'
        when coalesce(cache_read_input_tokens, cache_creation_input_tokens) is null
            then 'total_only'
        else 'derived'
    end as token_basis,
    api_requests as requests,
    failed_requests,
    spend as estimated_cost_usd,
    case when spend is not null then 'vendor_estimate' else 'none' end as cost_basis,
    case when uncached_tokens < 0 then ['inclusive_clamped'] end as flags
from parts
