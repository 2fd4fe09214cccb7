-- title: OpenAI API activity of 2023 and 2024
-- table: usage
-- grain: one row per line of the export, a time, user, model and operation
-- vendor: OpenAI
-- how: >
--   A file kept from when the API dashboard exported its activity by user; today it exports the
--   completions usage instead.
-- source: >
--   partly verified, from importers of that time; embeddings are among its rows, and context tokens
--   are taken to hold the cached ones
-- signature: [n_context_tokens_total, n_generated_tokens_total, n_requests]
-- account: organization_id
-- day: timestamp
-- authority: {tokens: usage, cost: none}
-- columns:
--   object: text
--   timestamp: epoch
--   aggregation_timestamp: epoch
--   organization_id: text
--   organization_name: text
--   project_id: text
--   project_name: text
--   user: person
--   email: person
--   api_key_id: text
--   api_key_name: text
--   api_key_redacted: text
--   api_key_type: text
--   model: text
--   snapshot_id: text
--   operation: text
--   request_type: text
--   usage_type: text
--   n_requests: count
--   n_context: text
--   n_generated: text
--   n_context_tokens_total: count
--   n_cached_context_tokens_total: count
--   n_generated_tokens_total: count
with parts as (
    select
        *,
        coalesce(email, "user") as person,
        coalesce(model, snapshot_id) as called_model,
        n_context_tokens_total - coalesce(n_cached_context_tokens_total, 0) as uncached_tokens
    from source
)

select
    line,
    coalesce(timestamp, aggregation_timestamp)::date as day,
    organization_id as account,
    'tokens' as row_kind,
    coalesce(person, api_key_id, api_key_name) as actor,
    case
        when person is not null then 'person'
        when coalesce(api_key_id, api_key_name) is not null then 'service'
        else 'unknown'
    end as actor_type,
    api_key_id as credential,
    model_id(called_model) as model,
    called_model as model_name,
    'api' as surface,
    case when request_type = 'batch' then 'batch' end as service_tier,
    coalesce(project_name, project_id) as workspace,
    api_key_name as key_name,
    operation as tags,
    case when uncached_tokens < 0 then 0 else uncached_tokens end as input_tokens,
    n_cached_context_tokens_total as cache_read_tokens,
    n_generated_tokens_total as output_tokens,
    case
        when n_context_tokens_total is null then 'none'
        when n_cached_context_tokens_total is null then 'total_only'
        else 'derived'
    end as token_basis,
    n_requests as requests,
    'none' as cost_basis,
    case when uncached_tokens < 0 then ['inclusive_clamped'] end as flags
from parts
