-- title: OpenTelemetry GenAI spans
-- table: usage
-- grain: one row per span of a call to a model
-- how: >
--   Export the spans of the days as JSON, one span a line with its attributes as an object (the
--   form of the console exporter), or as CSV or JSON with a column for each attribute. Prompts in
--   them are not read.
-- source: >
--   verified names of the attributes, from the semantic conventions, the names before their last
--   change included; the form of the file is that of one exporter, and columns named as the
--   attributes are what query tools write. Input holds the cached tokens too
-- signature: [start_time, attributes.gen_ai.request.model]
-- also:
--   '^(?=(gen_ai\..+|user\.id|enduser\.id|error\.type)$)': attributes.
--   '(?i)^span_?attributes\.': attributes.
--   '(?i)^(resource_?attributes\.|resource\.)?service\.?name$': resource.attributes.service.name
--   '(?i)^(start_?time|timestamp)$': start_time
--   '(?i)^(otel\.|status\.)?status_?code$': status.status_code
-- accounts: OpenTelemetry
-- day: start_time
-- prompts: true
-- authority: {tokens: usage, cost: none, foreign: true}
-- columns:
--   name: text
--   start_time: time
--   end_time: text
--   status.status_code: text
--   resource.attributes.service.name: text
--   attributes.enduser.id: person
--   attributes.error.type: text
--   attributes.gen_ai.agent.name: text
--   attributes.gen_ai.conversation.id: text
--   attributes.gen_ai.operation.name: text
--   attributes.gen_ai.provider.name: text
--   attributes.gen_ai.request.model: text
--   attributes.gen_ai.response.model: text
--   attributes.gen_ai.system: text
--   attributes.gen_ai.usage.cache_creation.input_tokens: count
--   attributes.gen_ai.usage.cache_creation_input_tokens: count
--   attributes.gen_ai.usage.cache_read.input_tokens: count
--   attributes.gen_ai.usage.cache_read_input_tokens: count
--   attributes.gen_ai.usage.completion_tokens: count
--   attributes.gen_ai.usage.input_tokens: count
--   attributes.gen_ai.usage.output_tokens: count
--   attributes.gen_ai.usage.prompt_tokens: count
--   attributes.gen_ai.usage.reasoning.output_tokens: count
--   attributes.gen_ai.workflow.name: text
--   attributes.user.id: person
with calls as (
    select
        line,
        start_time::date as day,
        coalesce("attributes.user.id", "attributes.enduser.id") as person,
        "resource.attributes.service.name" as service,
        coalesce("attributes.gen_ai.provider.name", "attributes.gen_ai.system") as provider,
        coalesce("attributes.gen_ai.response.model", "attributes.gen_ai.request.model")
            as model_name,
        "attributes.gen_ai.operation.name" as operation,
        "attributes.gen_ai.agent.name" as agent,
        "attributes.gen_ai.workflow.name" as workflow,
        "attributes.error.type" is not null
        or coalesce(upper("status.status_code") in ('ERROR', 'STATUS_CODE_ERROR'), false) as is_failed,
        coalesce(
            "attributes.gen_ai.usage.input_tokens",
            "attributes.gen_ai.usage.prompt_tokens"
        ) as total_input,
        coalesce(
            "attributes.gen_ai.usage.cache_read.input_tokens",
            "attributes.gen_ai.usage.cache_read_input_tokens"
        ) as cache_read,
        coalesce(
            "attributes.gen_ai.usage.cache_creation.input_tokens",
            "attributes.gen_ai.usage.cache_creation_input_tokens"
        ) as cache_write,
        coalesce(
            "attributes.gen_ai.usage.output_tokens",
            "attributes.gen_ai.usage.completion_tokens"
        ) as output,
        "attributes.gen_ai.usage.reasoning.output_tokens" as reasoning,
        total_input - coalesce(cache_read, 0) - coalesce(cache_write, 0) as uncached
    from source
)

select
    line,
    day,
    vendor_name(provider) as vendor,
    'tokens' as row_kind,
    coalesce(person, service) as actor,
    case
        when person is not null then 'person'
        when service is not null then 'service'
        else 'unknown'
    end as actor_type,
    model_id(model_name) as model,
    model_name,
    'api' as surface,
    service as workspace,
    nullif(concat_ws(', ', operation, agent), '') as tags,
    workflow as trace,
    case when uncached < 0 then 0 else uncached end as input_tokens,
    cache_read as cache_read_tokens,
    cache_write as cache_write_tokens,
    output as output_tokens,
    reasoning as reasoning_tokens,
    case
        when coalesce(total_input, output) is null then 'none'
        when coalesce(cache_read, cache_write) is null then 'total_only'
        else 'derived'
    end as token_basis,
    1 as requests,
    is_failed::bigint as failed_requests,
    'none' as cost_basis,
    case when uncached < 0 then ['inclusive_clamped'] end as flags,
    case
        when operation in ('invoke_agent', 'create_agent', 'execute_tool', 'invoke_workflow')
            then 'an agent or a tool, whose calls of models have spans of their own'
        when coalesce(operation, model_name) is null then 'no call of a model'
    end as set_aside
from calls
