-- title: OpenRouter activity by day
-- table: usage
-- grain: one row per day and model
-- vendor: OpenRouter
-- how: In OpenRouter open Activity, group by model and by day, and export the CSV.
-- source: >
--   verified header, from a public importer; that cached parts lie inside the prompt tokens and
--   reasoning inside the completion tokens is OpenAI's convention and not stated
-- signature: [Date, Slug, BYOK Usage, Prompt Tokens]
-- day: Date
-- authority: {tokens: usage, cost: bill}
-- columns:
--   Date: day
--   Slug: text
--   Usage: money
--   BYOK Usage: money
--   Requests: count
--   Prompt Tokens: count
--   Completion Tokens: count
--   Reasoning Tokens: count
select
    line,
    "Date" as day,
    'tokens' as row_kind,
    'unknown' as actor_type,
    model_id(Slug) as model,
    Slug as model_name,
    'api' as surface,
    "Prompt Tokens" as input_tokens,
    "Completion Tokens" as output_tokens,
    "Reasoning Tokens" as reasoning_tokens,
    case when "Prompt Tokens" is not null then 'total_only' else 'none' end as token_basis,
    Requests as requests,
    Usage as net_cost_usd,
    case when Usage is not null then 'billed' else 'none' end as cost_basis,
    -- What a key of one's own was charged stands in that provider's bill.
    case
        when "BYOK Usage" is not null then map {'own_key_usage_usd': "BYOK Usage"::double}
    end as metrics
from source
