-- title: Claude Console tokens
-- table: usage
-- grain: one row per day (or hour), key, workspace, model, tier and context window
-- vendor: Anthropic
-- how: In the Claude Console open Usage, choose a month and all workspaces, and export the CSV.
-- source: verified, from eight public importers that agree on the header
-- signature: [usage_date_utc, model_version, usage_output_tokens]
-- day: usage_date_utc
-- authority: {tokens: usage, cost: none}
-- columns:
--   usage_date_utc: time
--   model_version: text
--   api_key: text
--   workspace: text
--   usage_type: text
--   context_window: text
--   usage_input_tokens_no_cache: count
--   usage_input_tokens_cache_write_5m: count
--   usage_input_tokens_cache_write_1h: count
--   usage_input_tokens_cache_read: count
--   usage_output_tokens: count
--   web_search_count: count
--   inference_geo: text
--   speed: text
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
    'tokens' as row_kind,
    coalesce(key_user, api_key) as actor,
    case
        when key_user is not null then 'person'
        when api_key is not null then 'service'
        else 'unknown'
    end as actor_type,
    case when key_user is null then api_key end as credential,
    model_id(model_version) as model,
    model_version as model_name,
    case when key_user is not null then 'code_agent' else 'api' end as surface,
    usage_type as service_tier,
    context_window,
    workspace,
    case when key_user is not null then 'claude_code_key_*' else api_key end as key_name,
    nullif(concat_ws(', ', nullif(inference_geo, 'not_available'), speed), '') as tags,
    usage_input_tokens_no_cache as input_tokens,
    usage_input_tokens_cache_read as cache_read_tokens,
    case
        when usage_input_tokens_cache_write_5m is null then usage_input_tokens_cache_write_1h
        else usage_input_tokens_cache_write_5m + coalesce(usage_input_tokens_cache_write_1h, 0)
    end as cache_write_tokens,
    usage_output_tokens as output_tokens,
    'reported' as token_basis,
    'none' as cost_basis,
    known_entries([
        -- Writes kept for an hour cost more than those kept for five minutes.
        {'key': 'cache_write_1h_tokens', 'value': usage_input_tokens_cache_write_1h::double},
        {'key': 'web_searches', 'value': web_search_count::double}
    ]) as metrics
from keys
