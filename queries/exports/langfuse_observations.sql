-- title: Langfuse observations
-- table: usage
-- grain: one row per observation
-- how: >
--   Let Langfuse export observations to blob storage (or export the table of observations) as CSV,
--   JSON lines or Parquet, with the fields of their traces.
-- source: >
--   verified, from the vendor's list of export fields; whether input holds the cached part depends
--   on what sent the observation, so the total decides. Langfuse names no vendor: it is told from
--   the model's name. Inputs, outputs and metadata are dropped
-- signature: [trace_id, start_time, provided_model_name, total_cost]
-- accounts: Langfuse projects
-- account: project_id
-- day: start_time
-- authority: {tokens: usage, cost: estimate, foreign: true}
-- prompts: true
-- columns:
--   id: text
--   trace_id: text
--   project_id: text
--   environment: text
--   type: text
--   parent_observation_id: text
--   start_time: time
--   end_time: text
--   completion_start_time: text
--   created_at: text
--   updated_at: text
--   name: text
--   metadata: personal
--   input: personal
--   output: personal
--   level: text
--   status_message: personal
--   version: text
--   release: text
--   bookmarked: text
--   public: text
--   provided_model_name: text
--   model_id: text
--   model_parameters: text
--   usage_details: text
--   cost_details: text
--   total_cost: money
--   latency: text
--   time_to_first_token: text
--   user_id: person
--   session_id: text
--   trace_name: text
--   tags: text
--   prompt_id: text
--   prompt_name: text
--   prompt_version: text
--   tool_definitions: personal
--   tool_calls: personal
--   tool_call_names: text
with counted as (
    -- A CSV can write the map as Python and ClickHouse do, in single quotes.
    select
        *,
        coalesce(
            try_cast(try_cast(usage_details as json) as map(varchar, double)),
            try_cast(try_cast(replace(usage_details, '''', '"') as json) as map(varchar, double))
        ) as units,
        map_entries(units) as entries,
        coalesce(
            try_cast(tags as varchar[]),
            try_cast(replace(tags, '''', '"') as varchar[])
        ) as tag_list
    from source
),

sides as (
    -- Kinds of units are free text; the vendor itself tells input from output by these words.
    select
        *,
        list_sum([
            entry.value for entry in entries
            if contains(entry.key, 'cache') and not regexp_matches(entry.key, 'creation|write|output')
        ])::bigint as read_tokens,
        list_sum([
            entry.value for entry in entries
            if contains(entry.key, 'cache') and regexp_matches(entry.key, 'creation|write')
        ])::bigint as written_tokens,
        list_sum([
            entry.value for entry in entries
            if contains(entry.key, 'input') and not contains(entry.key, 'cache')
        ])::bigint as plain_tokens,
        list_sum([
            entry.value for entry in entries
            if regexp_matches(entry.key, 'output|reasoning')
        ])::bigint as answer_tokens,
        list_sum([
            entry.value for entry in entries if contains(entry.key, 'reasoning')
        ])::bigint as thought_tokens,
        units['input']::bigint as stated_input,
        units['output']::bigint as stated_output,
        units['total']::bigint as stated_total,
        coalesce(read_tokens, 0) + coalesce(written_tokens, 0) as cached_tokens,
        stated_total is null
        or coalesce(plain_tokens, 0) + cached_tokens + coalesce(answer_tokens, 0) = stated_total
            as is_disjoint,
        if(is_disjoint, answer_tokens, coalesce(stated_output, answer_tokens)) as output_side,
        if(is_disjoint, plain_tokens, stated_total - coalesce(output_side, 0) - cached_tokens)
            as uncached_tokens
    from counted
)

select
    line,
    start_time::date as day,
    project_id as account,
    vendor_of_model(provided_model_name) as vendor,
    'tokens' as row_kind,
    user_id as actor,
    case when user_id is not null then 'person' else 'unknown' end as actor_type,
    model_id(provided_model_name) as model,
    provided_model_name as model_name,
    'api' as surface,
    environment as workspace,
    nullif(array_to_string(tag_list, ', '), '') as tags,
    trace_name as trace,
    case when uncached_tokens < 0 then 0 else uncached_tokens end as input_tokens,
    read_tokens as cache_read_tokens,
    written_tokens as cache_write_tokens,
    output_side as output_tokens,
    thought_tokens as reasoning_tokens,
    case
        when coalesce(uncached_tokens, output_side) is null then 'none'
        when coalesce(read_tokens, written_tokens) is null then 'total_only'
        else 'derived'
    end as token_basis,
    1 as requests,
    (upper(level) = 'ERROR')::bigint as failed_requests,
    total_cost as estimated_cost_usd,
    case when total_cost is not null then 'vendor_estimate' else 'none' end as cost_basis,
    nullif(
        list_filter(
            [
                case when uncached_tokens < 0 then 'inclusive_clamped' end,
                case
                    when not is_disjoint
                        and coalesce(stated_input, 0) + coalesce(stated_output, 0) <> stated_total
                        then 'parts_differ_from_total'
                end
            ],
            lambda flag: flag is not null
        ),
        []
    ) as flags,
    case
        when upper(type) not in ('GENERATION', 'EMBEDDING')
            and coalesce(stated_total, uncached_tokens, output_side, 0) = 0
            and coalesce(total_cost, 0) = 0
            then 'calls no model'
    end as set_aside
from sides
