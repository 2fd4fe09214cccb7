-- title: Portkey logs
-- table: usage
-- grain: one row per request
-- how: >
--   In the gateway open Exports, choose the time and every field but request and response, and
--   download the finished file. Prompts in it are not read.
-- source: >
--   partly verified, from the vendor's list of the fields; unverified are the form of the times and
--   the unit of the cost, cents or dollars, so that it is kept beside the row and is no money here.
--   Cached tokens are not told
-- signature: [created_at, ai_org, ai_model, req_units, res_units]
-- day: created_at
-- prompts: true
-- authority: {tokens: usage, cost: none, foreign: true}
-- columns:
--   id: text
--   trace_id: text
--   created_at: time
--   request: personal
--   response: personal
--   is_success: flag
--   ai_org: text
--   ai_model: text
--   req_units: count
--   res_units: count
--   total_units: count
--   request_url: text
--   cost: number
--   cost_currency: text
--   response_time: number
--   response_status_code: text
--   mode: text
--   config: text
--   prompt_slug: text
--   metadata: text                # its user, environment, feature and team are read, the rest is not kept
--   metadata._user: person
--   metadata.environment: text
--   metadata.feature: text
--   metadata.team: text
with requests as (
    select
        *,
        try_cast(metadata as json) as details,
        coalesce("metadata._user", details ->> '$._user') as person
    from source
)

select
    line,
    created_at::date as day,
    vendor_name(ai_org) as vendor,
    'tokens' as row_kind,
    person as actor,
    case when person is not null then 'person' else 'unknown' end as actor_type,
    model_id(ai_model) as model,
    ai_model as model_name,
    'api' as surface,
    coalesce("metadata.team", details ->> '$.team') as workspace,
    nullif(
        concat_ws(
            ', ',
            coalesce("metadata.environment", details ->> '$.environment'),
            coalesce("metadata.feature", details ->> '$.feature')
        ),
        ''
    ) as tags,
    prompt_slug as trace,
    req_units as input_tokens,
    res_units as output_tokens,
    case when coalesce(req_units, res_units) is not null then 'total_only' else 'none' end
        as token_basis,
    1 as requests,
    (not is_success)::bigint as failed_requests,
    'none' as cost_basis,
    case when cost is not null then map {'cost_of_unknown_unit': cost::double} end as metrics
from requests
