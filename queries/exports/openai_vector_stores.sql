-- title: OpenAI API vector stores
-- table: usage
-- grain: one row per result of a bucket, for whatever the request grouped by
-- vendor: OpenAI
-- how: >
--   Ask the organisation usage API for vector_stores with bucket_width=1d, grouped by project_id,
--   and keep every page as one JSON file.
-- source: >
--   verified, from the vendor's published API description of August 2026; that the bytes are those
--   held throughout the bucket is taken from their name, and the money is in the cost report
-- signature: [object, start_time, usage_bytes]
-- records: data[].results[]
-- match:
--   object: page
--   data[].results[].object: organization.usage.vector_stores.result
-- accounts: OpenAI API vector stores    # no other kind holds this use, or may outrank it
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
--   usage_bytes: count
--   project_id: text
select
    line,
    start_time::date as day,
    'activity' as row_kind,
    'unknown' as actor_type,
    'api' as surface,
    project_id as workspace,
    'none' as token_basis,
    'none' as cost_basis,
    case
        -- Bytes held do not add up over days; bytes times days do.
        when usage_bytes is not null then map {
            'vector_store_byte_days': usage_bytes::double * epoch(end_time - start_time) / 86400
        }
    end as metrics,
    case
        when object <> 'organization.usage.vector_stores.result'
            then 'result of another endpoint'
    end as set_aside
from source
