-- title: GitHub Copilot premium requests, the older CSV
-- table: usage
-- grain: one row per line of the export, a moment, user and model
-- vendor: GitHub
-- how: In the organisation's or enterprise's billing settings download the premium request usage.
-- source: >
--   verified header, from a public importer; the file states no price, and what exceeds the quota is
--   charged in the bill
-- signature: [Timestamp, User, Model, Requests Used]
-- day: Timestamp
-- authority: {tokens: none, cost: none}
-- columns:
--   Timestamp: time
--   User: person
--   Model: text
--   Requests Used: number
--   Exceeds Monthly Quota: flag
--   Total Monthly Quota: text
select
    line,
    "Timestamp"::date as day,
    'activity' as row_kind,
    "User" as actor,
    case when "User" is not null then 'person' else 'unknown' end as actor_type,
    model_id(Model) as model,
    Model as model_name,
    'ide' as surface,
    'none' as token_basis,
    -- A premium request is a weighted unit and no count of requests.
    "Requests Used" as credits,
    'github_premium_request' as credit_unit,
    'none' as cost_basis,
    nullif(
        list_filter(
            [
                case when starts_with(lower(Model), 'auto: ') then 'auto_model' end,
                case when "Exceeds Monthly Quota" then 'exceeds_quota' end
            ],
            lambda flag: flag is not null
        ),
        []
    ) as flags
from source
