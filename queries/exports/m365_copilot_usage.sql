-- title: Microsoft 365 Copilot usage
-- table: usage
-- grain: one row per licensed user and report period
-- vendor: Microsoft
-- how: >
--   In the Microsoft 365 admin center open Reports, Usage, Microsoft 365 Copilot and export the
--   users, or ask Microsoft Graph for getMicrosoft365CopilotUsageUserDetail, at the end of each
--   month for about as many days, best in version 2, which counts prompts.
-- source: >
--   verified columns of version 1 and partly of version 2, whose order is not known, from the
--   vendor's reference. Only users with a licence are listed; there are neither tokens nor money.
--   How names look that the tenant conceals is unverified: what is no address is flagged
-- signature: [Report Refresh Date, User Principal Name, Microsoft Teams Copilot Last Activity Date]
-- accounts: Microsoft 365 tenants    # no subscriptions of the cloud, though the vendor is the same
-- day: Report Refresh Date
-- authority: {tokens: none, cost: none}
-- columns:
--   Report Refresh Date: day
--   Report Period: text
--   User Principal Name: text
--   Display Name: personal
--   Last Activity Date: day
--   Prompts submitted for all apps: count
--   Prompts submitted for Copilot Chat (work): count
--   Prompts submitted for Copilot Chat (web): count
--   Active Usage Days for all apps: count
--   Microsoft Teams Copilot Last Activity Date: day
--   Word Copilot Last Activity Date: day
--   Excel Copilot Last Activity Date: day
--   PowerPoint Copilot Last Activity Date: day
--   Outlook Copilot Last Activity Date: day
--   OneNote Copilot Last Activity Date: day
--   Loop Copilot Last Activity Date: day
--   Copilot Chat Last Activity Date: day
--   Copilot Chat (work) Last Activity Date: day
--   Copilot Chat (web) Last Activity Date: day
--   Microsoft 365 Copilot Last Activity Date: day
--   Edge Last Activity Date: day
--   Copilot Agent Last Activity Date: day
with periods as (
    select
        *,
        nullif(regexp_extract("Report Period", '^D?(\d+)$', 1), '')::integer as days,
        "Report Refresh Date" - days + 1 as first_day,
        -- A file of all periods tells the same use several times; the one nearest a month holds.
        coalesce(
            max(days) filter (where days in (28, 30)) over by_report,
            max(days) over by_report
        ) as days_held
    from source
    window by_report as (partition by "Report Refresh Date")
),

judged as (
    select
        *,
        coalesce("Last Activity Date" >= first_day, false)
        or coalesce("Prompts submitted for all apps", 0) > 0
        or coalesce("Active Usage Days for all apps", 0) > 0 as is_active
    from periods
)

select
    line,
    first_day as day,
    first_day as period_start,
    "Report Refresh Date" as period_end,
    'activity' as row_kind,
    "User Principal Name" as actor,
    case when "User Principal Name" is not null then 'person' else 'unknown' end as actor_type,
    'office' as surface,
    'none' as token_basis,
    "Prompts submitted for all apps" as messages,
    'none' as cost_basis,
    -- A date of last activity says that the period saw use and not how much.
    known_entries([
        {'key': 'active_periods', 'value': is_active::double},
        {'key': 'active_days', 'value': "Active Usage Days for all apps"::double},
        {
            'key': 'chat_work_prompts',
            'value': "Prompts submitted for Copilot Chat (work)"::double
        },
        {
            'key': 'chat_web_prompts',
            'value': "Prompts submitted for Copilot Chat (web)"::double
        },
        {
            'key': 'teams_active_periods',
            'value': ("Microsoft Teams Copilot Last Activity Date" >= first_day)::double
        },
        {
            'key': 'word_active_periods',
            'value': ("Word Copilot Last Activity Date" >= first_day)::double
        },
        {
            'key': 'excel_active_periods',
            'value': ("Excel Copilot Last Activity Date" >= first_day)::double
        },
        {
            'key': 'powerpoint_active_periods',
            'value': ("PowerPoint Copilot Last Activity Date" >= first_day)::double
        },
        {
            'key': 'outlook_active_periods',
            'value': ("Outlook Copilot Last Activity Date" >= first_day)::double
        },
        {
            'key': 'onenote_active_periods',
            'value': ("OneNote Copilot Last Activity Date" >= first_day)::double
        },
        {
            'key': 'loop_active_periods',
            'value': ("Loop Copilot Last Activity Date" >= first_day)::double
        },
        {
            'key': 'chat_active_periods',
            'value': ("Copilot Chat Last Activity Date" >= first_day)::double
        },
        {
            'key': 'chat_work_active_periods',
            'value': ("Copilot Chat (work) Last Activity Date" >= first_day)::double
        },
        {
            'key': 'chat_web_active_periods',
            'value': ("Copilot Chat (web) Last Activity Date" >= first_day)::double
        },
        {
            'key': 'microsoft_365_app_active_periods',
            'value': ("Microsoft 365 Copilot Last Activity Date" >= first_day)::double
        },
        {
            'key': 'edge_active_periods',
            'value': ("Edge Last Activity Date" >= first_day)::double
        },
        {
            'key': 'agent_active_periods',
            'value': ("Copilot Agent Last Activity Date" >= first_day)::double
        }
    ]) as metrics,
    case when not contains("User Principal Name", '@') then ['concealed_name'] end as flags,
    case
        when days is null then 'a period without a length'
        when days <> days_held then 'another period of the same report'
    end as set_aside
from judged
