-- title: OpenAI API file search
-- table: usage
-- grain: one row per result of a bucket, for whatever the request grouped by
-- vendor: OpenAI
-- how: >
--   Ask the organisation usage API for file_search_calls with bucket_width=1d, grouped by
--   project_id, user_id and api_key_id, and keep every page as one JSON file.
-- source: >
--   partly verified, from the vendor's own client libraries, which agree on the fields and differ
--   in the name of the object; the money is in the cost report
-- signature: [object, start_time, num_requests]
-- records: data[].results[]
-- match:
--   object: page
--   data[].results[].object:
--     - organization.usage.file_searches.result
--     - organization.usage.file_search_calls.result
-- accounts: OpenAI API file search    # no other kind holds this use, or may outrank it
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
--   num_requests: count
--   project_id: text
--   user_id: person
--   api_key_id: text
--   vector_store_id: text
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
    'api' as surface,
    project_id as workspace,
    vector_store_id as tags,
    'none' as token_basis,
    'none' as cost_basis,
    case
        when num_requests is not null then map {'file_searches': num_requests::double}
    end as metrics,
    case
        when object not in (
            'organization.usage.file_searches.result',
            'organization.usage.file_search_calls.result'
        )
            then 'result of another endpoint'
    end as set_aside
from source
