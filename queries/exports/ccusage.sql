-- title: ccusage daily report
-- table: usage
-- grain: one row per day and model, from the logs of one machine
-- how: >
--   On the machine run ccusage daily --json --timezone UTC and keep what it prints. It names nobody:
--   give each machine an account of its own, or the reports of two machines replace each other.
-- source: >
--   verified, from the program's own documentation and test data; days are local time unless the
--   report was made with a time zone, and the cost is an estimate from list prices
-- signature: [date, inputTokens, outputTokens, cacheCreationTokens, cacheReadTokens]
-- accounts: agent logs    # what one machine keeps, however it is read
-- day: date
-- authority: {tokens: usage, cost: estimate, foreign: true}
-- columns:
--   date: day
--   inputTokens: count
--   outputTokens: count
--   cacheCreationTokens: count
--   cacheReadTokens: count
--   totalTokens: count
--   totalCost: money
--   costUSD: money
--   modelsUsed: text
--   modelBreakdowns: text
--   type: text
--   totals.inputTokens: text
--   totals.outputTokens: text
--   totals.cacheCreationTokens: text
--   totals.cacheReadTokens: text
--   totals.totalTokens: text
--   totals.totalCost: text
--   summary.inputTokens: text
--   summary.outputTokens: text
--   summary.cacheCreationTokens: text
--   summary.cacheReadTokens: text
--   summary.totalTokens: text
--   summary.totalInputTokens: text
--   summary.totalOutputTokens: text
--   summary.totalCacheCreationTokens: text
--   summary.totalCacheReadTokens: text
--   summary.totalCost: text
--   summary.totalCostUSD: text
with days as (
    select
        *,
        json_extract_string(try_cast(modelsUsed as json), '$[*]') as models,
        json_extract(try_cast(modelBreakdowns as json), '$[*]') as breakdowns
    from source
),

parts as (
    -- A day without a breakdown is one row, of one model where only one was used.
    select
        *,
        unnest(if(len(breakdowns) > 0, breakdowns, [null])) as part
    from days
),

named as (
    select
        *,
        coalesce(part ->> '$.modelName', case when len(models) = 1 then models[1] end) as model_name,
        coalesce(model_name, array_to_string(models, ' ')) as names,
        coalesce(as_money(part ->> '$.cost'), if(part is null, coalesce(totalCost, costUSD), null))
            as cost
    from parts
)

select
    line,
    date as day,
    case
        when regexp_matches(names, 'gpt|codex|gemini') and contains(names, 'claude') then null
        when contains(names, 'claude') then 'Anthropic'
        when regexp_matches(names, 'gpt|codex|^o\d') then 'OpenAI'
        when contains(names, 'gemini') then 'Google'
    end as vendor,
    'tokens' as row_kind,
    'unknown' as actor_type,
    model_id(model_name) as model,
    model_name,
    'code_agent' as surface,
    if(part is null, inputTokens, as_count(part ->> '$.inputTokens')) as input_tokens,
    if(part is null, cacheReadTokens, as_count(part ->> '$.cacheReadTokens')) as cache_read_tokens,
    if(part is null, cacheCreationTokens, as_count(part ->> '$.cacheCreationTokens'))
        as cache_write_tokens,
    if(part is null, outputTokens, as_count(part ->> '$.outputTokens')) as output_tokens,
    'reported' as token_basis,
    cost as estimated_cost_usd,
    case when cost is not null then 'vendor_estimate' else 'none' end as cost_basis
from named
