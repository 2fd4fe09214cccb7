-- title: Codex session log
-- table: usage
-- grain: one row per count of tokens
-- vendor: OpenAI
-- how: >
--   Hand in the .jsonl files of the sessions from the machine's folder of sessions, all of one
--   machine at once and under an account of its own: they name nobody. Prompts in them are not read.
-- source: >
--   partly verified, from the test data of a public reader; that reasoning is inside the output is
--   the vendor's convention elsewhere
-- signature: [timestamp, type, payload.info.total_token_usage.input_tokens]
-- accounts: agent logs    # what one machine keeps, however it is read
-- day: timestamp
-- prompts: true
-- authority: {tokens: usage, cost: none, foreign: true}
-- columns:
--   timestamp: time
--   type: text
--   payload.type: text
--   payload.model: text
--   payload.info.model: text
--   payload.info.last_token_usage.input_tokens: count
--   payload.info.last_token_usage.cached_input_tokens: count
--   payload.info.last_token_usage.output_tokens: count
--   payload.info.last_token_usage.reasoning_output_tokens: count
--   payload.info.last_token_usage.total_tokens: count
--   payload.info.total_token_usage.input_tokens: count
--   payload.info.total_token_usage.cached_input_tokens: count
--   payload.info.total_token_usage.output_tokens: count
--   payload.info.total_token_usage.reasoning_output_tokens: count
--   payload.info.total_token_usage.total_tokens: count
with counts as (
    select
        line,
        timestamp::date as day,
        -- The model is told at the turn's start, before the counts.
        coalesce(
            "payload.info.model",
            last_value("payload.model" ignore nulls) over (
                order by line rows between unbounded preceding and current row
            )
        ) as model_name,
        case
            when "payload.info.total_token_usage.input_tokens" is not null
                then {
                    'input': "payload.info.total_token_usage.input_tokens",
                    'cached': "payload.info.total_token_usage.cached_input_tokens",
                    'output': "payload.info.total_token_usage.output_tokens",
                    'reasoning': "payload.info.total_token_usage.reasoning_output_tokens"
                }
        end as so_far,
        case
            when "payload.info.last_token_usage.input_tokens" is not null
                then {
                    'input': "payload.info.last_token_usage.input_tokens",
                    'cached': "payload.info.last_token_usage.cached_input_tokens",
                    'output': "payload.info.last_token_usage.output_tokens",
                    'reasoning': "payload.info.last_token_usage.reasoning_output_tokens"
                }
        end as latest
    from source
),

in_order as (
    select
        *,
        last_value(so_far ignore nulls) over (
            order by line rows between unbounded preceding and 1 preceding
        ) as before
    from counts
),

steps as (
    -- The counts go on growing, and are repeated; what a call used is how much they grew. Where a
    -- session begins, or goes on from another, the call's own count is all there is.
    select
        *,
        case
            when
                before is not null
                and so_far.input >= before.input
                and coalesce(so_far.cached >= before.cached, true)
                and coalesce(so_far.output >= before.output, true)
                and coalesce(so_far.reasoning >= before.reasoning, true)
                then {
                    'input': so_far.input - before.input,
                    'cached': so_far.cached - before.cached,
                    'output': so_far.output - before.output,
                    'reasoning': so_far.reasoning - before.reasoning
                }
            else coalesce(latest, so_far)
        end as used
    from in_order
)

select
    line,
    day,
    'tokens' as row_kind,
    'unknown' as actor_type,
    model_id(model_name) as model,
    model_name,
    'code_agent' as surface,
    -- The vendor's input holds the cached part too.
    case
        when used.input < used.cached then 0
        else used.input - coalesce(used.cached, 0)
    end as input_tokens,
    used.cached as cache_read_tokens,
    used.output as output_tokens,
    used.reasoning as reasoning_tokens,
    case when used.cached is null then 'total_only' else 'derived' end as token_basis,
    1 as requests,
    'none' as cost_basis,
    case when used.input < used.cached then ['inclusive_clamped'] end as flags,
    case
        when so_far is null then 'no count of tokens'
        when used.input + coalesce(used.output, 0) = 0 then 'the same count again'
    end as set_aside
from steps
