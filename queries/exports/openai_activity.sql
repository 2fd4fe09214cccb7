-- title: OpenAI API activity
-- table: usage
-- grain: one row per line of the export, a day and whatever the dashboard grouped by
-- vendor: OpenAI
-- how: >
--   In the API dashboard open Usage, choose Completions, group by project, user, key or model, and
--   export the CSV.
-- source: >
--   unverified where there was use: the four columns of time are seen in real files, of days without
--   use, and the others are taken to be called as in the usage API
-- signature: [start_time, start_time_iso]
-- account: organization_id
-- day: start_time
-- authority: {tokens: usage, cost: none}
-- columns:
--   start_time: epoch
--   end_time: epoch
--   start_time_iso: text
--   end_time_iso: text
--   input_tokens: count
--   input_cached_tokens: count
--   input_cache_write_tokens: count
--   input_uncached_tokens: count
--   output_tokens: count
--   input_text_tokens: count
--   input_audio_tokens: count
--   input_image_tokens: count
--   input_cached_text_tokens: count
--   input_cached_audio_tokens: count
--   input_cached_image_tokens: count
--   output_text_tokens: count
--   output_audio_tokens: count
--   output_image_tokens: count
--   num_model_requests: count
--   project_id: text
--   project_name: text
--   user_id: person
--   user_email: person
--   api_key_id: text
--   api_key_name: text
--   model: text
--   batch: flag
--   service_tier: text
--   organization_id: text
--   organization_name: text
with parts as (
    -- input_tokens holds the cached parts too, as in the usage API.
    select
        *,
        coalesce(
            input_uncached_tokens,
            input_tokens
            - coalesce(input_cached_tokens, 0)
            - coalesce(input_cache_write_tokens, 0)
        ) as uncached_tokens
    from source
)

select
    line,
    start_time::date as day,
    organization_id as account,
    'tokens' as row_kind,
    coalesce(user_email, user_id, api_key_id) as actor,
    case
        when coalesce(user_email, user_id) is not null then 'person'
        when api_key_id is not null then 'service'
        else 'unknown'
    end as actor_type,
    api_key_id as credential,
    model_id(model) as model,
    model as model_name,
    'api' as surface,
    case when batch then 'batch' else service_tier end as service_tier,
    coalesce(project_name, project_id) as workspace,
    api_key_name as key_name,
    case when uncached_tokens < 0 then 0 else uncached_tokens end as input_tokens,
    input_cached_tokens as cache_read_tokens,
    input_cache_write_tokens as cache_write_tokens,
    output_tokens,
    case
        when input_uncached_tokens is not null then 'reported'
        when input_cached_tokens is not null then 'derived'
        else 'total_only'
    end as token_basis,
    num_model_requests as requests,
    'none' as cost_basis,
    known_entries([
        {'key': 'input_text_tokens', 'value': input_text_tokens::double},
        {'key': 'input_audio_tokens', 'value': input_audio_tokens::double},
        {'key': 'input_image_tokens', 'value': input_image_tokens::double},
        {'key': 'input_cached_text_tokens', 'value': input_cached_text_tokens::double},
        {'key': 'input_cached_audio_tokens', 'value': input_cached_audio_tokens::double},
        {'key': 'input_cached_image_tokens', 'value': input_cached_image_tokens::double},
        {'key': 'output_text_tokens', 'value': output_text_tokens::double},
        {'key': 'output_audio_tokens', 'value': output_audio_tokens::double},
        {'key': 'output_image_tokens', 'value': output_image_tokens::double}
    ]) as metrics,
    case when uncached_tokens < 0 then ['inclusive_clamped'] end as flags,
    case
        when coalesce(input_tokens, output_tokens, num_model_requests) is null and attrs is null
            then 'no use in that time'
        -- The dashboard's other exports have the same first columns.
        when input_tokens is null or output_tokens is null then 'not use of completions'
    end as set_aside
from parts
