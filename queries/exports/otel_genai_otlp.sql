-- title: OpenTelemetry GenAI spans (OTLP)
-- table: usage
-- grain: one row per span of a call to a model
-- how: >
--   Let the collector's file exporter write the traces of the days as JSON, and hand in its files.
--   Prompts in them are not read.
-- source: >
--   verified, from the protocol's JSON form and the semantic conventions, the names before their last
--   change included. Input holds the cached tokens too
-- signature: [resourceSpans, scopeSpans, spans, startTimeUnixNano]
-- records: resourceSpans[].scopeSpans[].spans[]
-- inherits: [resource.attributes]   # of the service that all of its spans stand under
-- accounts: OpenTelemetry
-- day: startTimeUnixNano
-- prompts: true
-- authority: {tokens: usage, cost: none, foreign: true}
-- columns:
--   resourceSpans: text
--   scopeSpans: text
--   spans: text
--   traceId: text
--   spanId: text
--   parentSpanId: text
--   traceState: text
--   name: text
--   kind: text
--   flags: text
--   schemaUrl: text
--   scope.name: text
--   scope.version: text
--   startTimeUnixNano: count
--   endTimeUnixNano: text
--   attributes: text              # read by name below, and never kept as it is
--   resource.attributes: text     # so too
--   events: personal
--   links: personal
--   status.code: text
--   status.message: personal
--   droppedAttributesCount: text
--   droppedEventsCount: text
--   droppedLinksCount: text
with spans as (
    select
        *,
        json_extract(try_cast(attributes as json), '$[*]') as entries,
        json_extract(try_cast("resource.attributes" as json), '$[*]') as resource_entries
    from source
),

calls as (
    select
        line,
        make_timestamp(startTimeUnixNano // 1000)::date as day,
        coalesce(otlp_attribute(entries, 'user.id'), otlp_attribute(entries, 'enduser.id'))
            as person,
        otlp_attribute(resource_entries, 'service.name') as service,
        coalesce(
            otlp_attribute(entries, 'gen_ai.provider.name'),
            otlp_attribute(entries, 'gen_ai.system')
        ) as provider,
        coalesce(
            otlp_attribute(entries, 'gen_ai.response.model'),
            otlp_attribute(entries, 'gen_ai.request.model')
        ) as model_name,
        otlp_attribute(entries, 'gen_ai.operation.name') as operation,
        otlp_attribute(entries, 'gen_ai.agent.name') as agent,
        otlp_attribute(entries, 'gen_ai.workflow.name') as workflow,
        otlp_attribute(entries, 'error.type') is not null
        or coalesce("status.code" in ('2', 'STATUS_CODE_ERROR'), false) as is_failed,
        as_count(
            coalesce(
                otlp_attribute(entries, 'gen_ai.usage.input_tokens'),
                otlp_attribute(entries, 'gen_ai.usage.prompt_tokens')
            )
        ) as total_input,
        as_count(
            coalesce(
                otlp_attribute(entries, 'gen_ai.usage.cache_read.input_tokens'),
                otlp_attribute(entries, 'gen_ai.usage.cache_read_input_tokens')
            )
        ) as cache_read,
        as_count(
            coalesce(
                otlp_attribute(entries, 'gen_ai.usage.cache_creation.input_tokens'),
                otlp_attribute(entries, 'gen_ai.usage.cache_creation_input_tokens')
            )
        ) as cache_write,
        as_count(
            coalesce(
                otlp_attribute(entries, 'gen_ai.usage.output_tokens'),
                otlp_attribute(entries, 'gen_ai.usage.completion_tokens')
            )
        ) as output,
        as_count(otlp_attribute(entries, 'gen_ai.usage.reasoning.output_tokens')) as reasoning,
        total_input - coalesce(cache_read, 0) - coalesce(cache_write, 0) as uncached
    from spans
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
