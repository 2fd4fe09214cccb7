-- title: ChatGPT Enterprise projects
-- table: usage
-- grain: one row per project and period
-- vendor: OpenAI
-- how: In the workspace's analytics choose Projects and a monthly period, and export the CSV.
-- source: >
--   partly verified, from one public importer; the export names no member who wrote, and its
--   messages are among those of the users export, so they are kept beside the row and not counted
-- signature: [project_id, period_start, messages_workspace]
-- accounts: ChatGPT workspaces    # no accounts of the API, though the vendor is the same
-- period: [period_start, period_end]
-- authority: {tokens: none, cost: none}
-- # unique_messagers_workspace is not named below on purpose: people of several projects are in each
-- # of them, so it adds up to nothing and is kept as it is, beside the row.
-- columns:
--   cadence: text
--   period_start: day
--   period_end: day
--   project_id: text
--   project_name: personal           # titles that people gave, which can hold names
--   config_type: text
--   project_description: personal
--   project_url: personal
--   project_creator_email: personal  # who made a project is not who writes in it
--   is_active: text
--   first_day_active_in_period: text
--   last_day_active_in_period: text
--   messages_workspace: count
select
    line,
    period_start as day,
    period_start,
    period_end,
    'activity' as row_kind,
    'unknown' as actor_type,
    'chat' as surface,
    project_id as workspace,
    config_type as tags,
    'none' as token_basis,
    'none' as cost_basis,
    case
        when messages_workspace is not null
            then map {'messages_in_project': messages_workspace::double}
    end as metrics
from source
