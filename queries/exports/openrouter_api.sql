-- title: OpenRouter activity API
-- table: usage
-- grain: one row per day, model and endpoint
-- vendor: OpenRouter
-- how: Ask the activity endpoint of the API with a management key, and keep the answer as JSON.
-- source: >
--   verified, from the vendor's API description; that cached parts lie inside the prompt tokens and
--   reasoning inside the completion tokens is OpenAI's convention and not stated
-- signature: [date, model_permaslug, endpoint_id, byok_usage_inference]
-- records: data[]
-- day: date
-- authority: {tokens: usage, cost: bill}
-- columns:
--   date: day
--   model: text
--   model_permaslug: text
--   endpoint_id: text
--   provider_name: text
--   usage: money
--   byok_usage_inference: money
--   requests: count
--   prompt_tokens: count
--   completion_tokens: count
--   reasoning_tokens: count
select
    line,
    date as day,
    'tokens' as row_kind,
    'unknown' as actor_type,
    model_id(coalesce(model_permaslug, model)) as model,
    coalesce(model_permaslug, model) as model_name,
    'api' as surface,
    provider_name as tags,
    prompt_tokens as input_tokens,
    completion_tokens as output_tokens,
    reasoning_tokens,
    case when prompt_tokens is not null then 'total_only' else 'none' end as token_basis,
    requests,
    usage as net_cost_usd,
    case when usage is not null then 'billed' else 'none' end as cost_basis,
    -- What a key of one's own was charged stands in that provider's bill.
    case
        when byok_usage_inference is not null
            then map {'own_key_usage_usd': byok_usage_inference::double}
    end as metrics
from source
