-- title: Langfuse daily metrics
-- table: usage
-- grain: one row per day and model
-- how: Ask the daily metrics endpoint of the project's public API, and keep every page as JSON.
-- source: >
--   verified, from the vendor's description of the endpoint; it holds no cached part and no user,
--   and names no vendor, which is told from the model's name
-- signature: [countTraces, countObservations, inputUsage, outputUsage]
-- records: data[].usage[]
-- accounts: Langfuse projects
-- day: date
-- authority: {tokens: usage, cost: estimate, foreign: true}
-- columns:
--   date: day
--   countTraces: text
--   countObservations: count
--   totalCost: money
--   model: text
--   inputUsage: count
--   outputUsage: count
--   totalUsage: count
--   meta: text
-- # The count of traces is not stored: a trace that calls two models would count twice.
with sides as (
    -- A total alone is all input: nothing says how much of it was an answer.
    select *, coalesce(inputUsage, totalUsage - coalesce(outputUsage, 0)) as input_side
    from source
)

select
    line,
    date as day,
    vendor_of_model(model) as vendor,
    'tokens' as row_kind,
    'unknown' as actor_type,
    model_id(model) as model,
    model as model_name,
    'api' as surface,
    input_side as input_tokens,
    outputUsage as output_tokens,
    case when coalesce(input_side, outputUsage) is null then 'none' else 'total_only' end
        as token_basis,
    countObservations as requests,
    totalCost as estimated_cost_usd,
    case when totalCost is not null then 'vendor_estimate' else 'none' end as cost_basis
from sides
