-- title: ChatGPT Enterprise users
-- table: usage
-- grain: one row per member and period
-- vendor: OpenAI
-- how: In the workspace's analytics choose Users and a monthly period, and export the CSV.
-- source: >
--   verified header, from two public importers; the export has neither tokens nor money, and
--   department and groups are kept but the roster decides
-- signature: [period_start, messages, user_status, gpts_messaged]
-- account: account_id
-- accounts: ChatGPT workspaces    # no accounts of the API, though the vendor is the same
-- period: [period_start, period_end]
-- authority: {tokens: none, cost: none}
-- # department, groups, model_to_messages and tool_to_messages are not named below on purpose: what
-- # is unknown is kept as it is, beside the row.
-- columns:
--   cadence: text
--   period_start: day
--   period_end: day
--   account_id: text
--   public_id: person
--   name: personal
--   email: person
--   role: personal
--   user_role: text
--   user_status: text
--   created_or_invited_date: text
--   is_active: text
--   first_day_active_in_period: text
--   last_day_active_in_period: text
--   messages: count
--   messages_rank: text
--   gpt_messages: count
--   gpts_messaged: text
--   gpt_to_messages: personal        # titles that people gave, which can hold names
--   tool_messages: count
--   tools_messaged: text
--   project_messages: count
--   projects_messaged: text
--   project_to_messages: personal    # titles that people gave, which can hold names
--   projects_created: count
--   last_day_active: text
--   credits_used: number
select
    line,
    period_start as day,
    period_start,
    period_end,
    account_id as account,
    'activity' as row_kind,
    coalesce(email, public_id) as actor,
    case when coalesce(email, public_id) is not null then 'person' else 'unknown' end as actor_type,
    'chat' as surface,
    'none' as token_basis,
    messages,
    credits_used as credits,
    case when credits_used is not null then 'chatgpt_credit' end as credit_unit,
    'none' as cost_basis,
    known_entries([
        {'key': 'gpt_messages', 'value': gpt_messages::double},
        {'key': 'tool_messages', 'value': tool_messages::double},
        {'key': 'project_messages', 'value': project_messages::double},
        {'key': 'projects_created', 'value': projects_created::double}
    ]) as metrics,
    case when lower(user_status) = 'pending' then 'pending member' end as set_aside
from source
