-- title: OpenAI API usage
-- table: usage
-- grain: one row per result of a bucket, for whatever the request grouped by
-- vendor: OpenAI
-- how: >
--   Ask the organisation usage API for completions with bucket_width=1d, grouped by project_id,
--   user_id, api_key_id and model, and keep every page as one JSON file.
-- source: verified, from the vendor's published API description of August 2026
-- signature: [start_time, input_tokens, output_tokens, num_model_requests]
-- records: data[].results[]
-- match: {object: page}
-- day: start_time
-- authority: {tokens: usage, cost: none}
-- columns:
--   object: text
--   has_more: text
--   next_page: text
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
--   user_id: person
--   api_key_id: text
--   model: text
--   batch: flag
--   service_tier: text
with parts as (
    -- The vendor's input_tokens holds the cached parts too; captures older than the split of the
    -- parts leave the rest to be taken away here.
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
    'tokens' as row_kind,
    -- NULL means that the request was not grouped by user: the key is then all that is known.
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
    case when batch then 'batch' else service_tier end as service_tier,
    project_id as workspace,
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
        when
            starts_with(object, 'organization.')
            and object <> 'organization.usage.completions.result'
            then 'result of another endpoint'
    end as set_aside
from parts
