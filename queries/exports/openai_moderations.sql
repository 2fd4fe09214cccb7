-- title: OpenAI API moderations
-- table: usage
-- grain: one row per result of a bucket, for whatever the request grouped by
-- vendor: OpenAI
-- how: >
--   Ask the organisation usage API for moderations with bucket_width=1d, grouped by project_id,
--   user_id, api_key_id and model, and keep every page as one JSON file.
-- source: >
--   verified, from the vendor's published API description of August 2026; the tokens are kept as a
--   measure of their own: moderation is free
-- signature: [object, start_time, input_tokens, num_model_requests]
-- records: data[].results[]
-- match:
--   object: page
--   data[].results[].object: organization.usage.moderations.result
-- accounts: OpenAI API moderations    # no other kind holds this use, or may outrank it
-- day: start_time
-- authority: {tokens: none, cost: none}
-- columns:
--   object: text
--   has_more: text
--   next_page: text
--   start_time: epoch
--   end_time: epoch
--   start_time_iso: text
--   end_time_iso: text
--   input_tokens: count
--   num_model_requests: count
--   project_id: text
--   user_id: person
--   api_key_id: text
--   model: text
select
    line,
    start_time::date as day,
    'activity' as row_kind,
    coalesce(user_id, api_key_id) as actor,
    case
        when user_id is not null then 'person'
        when api_key_id is not null then 'service'
        else 'unknown'
    end as actor_type,
    api_key_id as credential,
    model_id(model) as model,
    model as model_name,
    'api' as surface,
    project_id as workspace,
    'none' as token_basis,
    num_model_requests as requests,
    'none' as cost_basis,
    case
        when input_tokens is not null then map {'moderation_tokens': input_tokens::double}
    end as metrics,
    case
        when object <> 'organization.usage.moderations.result'
            then 'result of another endpoint'
    end as set_aside
from source
