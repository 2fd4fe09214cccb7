-- title: OpenAI API code interpreter
-- table: usage
-- grain: one row per result of a bucket, for whatever the request grouped by
-- vendor: OpenAI
-- how: >
--   Ask the organisation usage API for code_interpreter_sessions with bucket_width=1d, grouped by
--   project_id, and keep every page as one JSON file.
-- source: >
--   verified, from the vendor's published API description of August 2026, which writes num_sessions
--   where an earlier one wrote sessions; the money is in the cost report
-- signature: [object, start_time, project_id]
-- records: data[].results[]
-- match:
--   object: page
--   data[].results[].object: organization.usage.code_interpreter_sessions.result
-- accounts: OpenAI API code interpreter    # no other kind holds this use, or may outrank it
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
--   num_sessions: count
--   sessions: count
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
        when coalesce(num_sessions, sessions) is not null
            then map {'code_interpreter_sessions': coalesce(num_sessions, sessions)::double}
    end as metrics,
    case
        when object <> 'organization.usage.code_interpreter_sessions.result'
            then 'result of another endpoint'
    end as set_aside
from source
