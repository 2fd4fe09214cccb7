-- title: Claude Code session log
-- table: usage
-- grain: one row per answer of the model
-- vendor: Anthropic
-- how: >
--   Hand in the .jsonl files of the sessions from the machine's folder of projects, all of one
--   machine at once and under an account of its own: they name nobody. Prompts in them are not read.
-- source: >
--   partly verified, from the test data of a public reader; a message that stands in several lines
--   counts once, by its last
-- signature: [timestamp, sessionId, message.model, message.usage.input_tokens]
-- accounts: agent logs    # what one machine keeps, however it is read
-- day: timestamp
-- prompts: true
-- authority: {tokens: usage, cost: estimate, foreign: true}
-- columns:
--   timestamp: time
--   sessionId: text
--   requestId: text
--   version: text
--   type: text
--   costUSD: money
--   message.id: text
--   message.role: text
--   message.model: text
--   message.content: personal
--   message.usage.input_tokens: count
--   message.usage.output_tokens: count
--   message.usage.cache_creation_input_tokens: count
--   message.usage.cache_read_input_tokens: count
--   message.usage.service_tier: text
--   message.usage.speed: text
with answers as (
    select
        *,
        coalesce("message.usage.input_tokens", "message.usage.output_tokens") is not null
        and coalesce("message.model", '') <> '<synthetic>' as is_answer,
        -- While an answer is written its line is repeated, with counts that grow.
        "message.id" is not null
        and line < max(line) over (partition by "message.id", requestId) as is_repeated
    from source
)

select
    line,
    timestamp::date as day,
    'tokens' as row_kind,
    'unknown' as actor_type,
    model_id("message.model") as model,
    "message.model" as model_name,
    'code_agent' as surface,
    "message.usage.service_tier" as service_tier,
    "message.usage.speed" as tags,
    "message.usage.input_tokens" as input_tokens,
    "message.usage.cache_read_input_tokens" as cache_read_tokens,
    "message.usage.cache_creation_input_tokens" as cache_write_tokens,
    "message.usage.output_tokens" as output_tokens,
    'reported' as token_basis,
    1 as requests,
    costUSD as estimated_cost_usd,
    case when costUSD is not null then 'vendor_estimate' else 'none' end as cost_basis,
    case
        when not is_answer then 'no answer of a model'
        when is_repeated then 'the same answer stands further down'
    end as set_aside
from answers
