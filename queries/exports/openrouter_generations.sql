-- title: OpenRouter generations
-- table: usage
-- grain: one row per generation
-- vendor: OpenRouter
-- how: In OpenRouter open Logs, choose the days and export the CSV.
-- source: >
--   verified header, from an importer's record of an export of September 2026; that cached tokens
--   lie inside the prompt tokens and reasoning inside the completion tokens is OpenAI's convention
--   and not stated
-- signature: [generation_id, tokens_prompt, cost_total]
-- day: created_at
-- authority: {tokens: usage, cost: bill}
-- columns:
--   generation_id: text
--   created_at: time
--   cost_total: money
--   cost_web_search: money
--   cost_cache: money
--   cost_file_processing: money
--   byok_usage_inference: money
--   tokens_prompt: count
--   tokens_completion: count
--   tokens_reasoning: count
--   tokens_cached: count
--   model_permaslug: text
--   provider_name: text
--   variant: text
--   cancelled: flag
--   streamed: text
--   user: person
--   finish_reason_raw: text
--   finish_reason_normalized: text
--   generation_time_ms: text
--   time_to_first_token_ms: text
--   api_key_disabled: text
--   api_key_name: text
--   app_name: text
with parts as (
    select *, tokens_prompt - coalesce(tokens_cached, 0) as uncached_tokens
    from source
)

select
    line,
    created_at::date as day,
    'tokens' as row_kind,
    coalesce("user", api_key_name) as actor,
    case
        when "user" is not null then 'person'
        when api_key_name is not null then 'service'
        else 'unknown'
    end as actor_type,
    model_id(model_permaslug) as model,
    model_permaslug as model_name,
    'api' as surface,
    variant as service_tier,
    api_key_name as key_name,
    nullif(concat_ws(', ', app_name, provider_name), '') as tags,
    case when uncached_tokens < 0 then 0 else uncached_tokens end as input_tokens,
    tokens_cached as cache_read_tokens,
    tokens_completion as output_tokens,
    tokens_reasoning as reasoning_tokens,
    case
        when tokens_prompt is null then 'none'
        when tokens_cached is null then 'total_only'
        else 'derived'
    end as token_basis,
    1 as requests,
    (lower(finish_reason_normalized) = 'error')::bigint as failed_requests,
    cost_total as net_cost_usd,
    case when cost_total is not null then 'billed' else 'none' end as cost_basis,
    known_entries([
        -- Parts of the total, and what a key of one's own was charged, which stands in that
        -- provider's bill.
        {'key': 'web_search_usd', 'value': cost_web_search::double},
        {'key': 'cache_usd', 'value': cost_cache::double},
        {'key': 'file_processing_usd', 'value': cost_file_processing::double},
        {'key': 'own_key_usage_usd', 'value': byok_usage_inference::double}
    ]) as metrics,
    nullif(
        list_filter(
            [
                case when uncached_tokens < 0 then 'inclusive_clamped' end,
                case when cancelled then 'cancelled' end
            ],
            lambda flag: flag is not null
        ),
        []
    ) as flags
from parts
