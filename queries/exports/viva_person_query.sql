-- title: Viva Insights person query
-- table: usage
-- grain: one row per person and week
-- vendor: Microsoft
-- how: >
--   In Viva Insights run a person query by week with the Copilot metrics, in English, and download
--   the CSV.
-- source: >
--   verified, from a published sample of the vendor's own analysis package; names of metrics depend
--   on language and version, and both spellings known are read. Everything that is not about Copilot
--   is left behind. PersonId is the query's own pseudonym and joins to nobody, so its rows stand
--   under no person: else who is in the Microsoft 365 usage report too would count twice
-- signature: [PersonId, MetricDate]
-- accounts: Microsoft 365 tenants
-- day: MetricDate
-- authority: {tokens: none, cost: none}
-- others: dropped
-- columns:
--   PersonId: person
--   MetricDate: day
--   Copilot actions taken in Teams: number
--   Copilot_actions_taken_in_Teams: number
--   Copilot actions taken in Word: number
--   Copilot_actions_taken_in_Word: number
--   Copilot actions taken in Excel: number
--   Copilot_actions_taken_in_Excel: number
--   Copilot actions taken in Powerpoint: number
--   Copilot_actions_taken_in_Powerpoint: number
--   Copilot actions taken in Outlook: number
--   Copilot_actions_taken_in_Outlook: number
--   Copilot actions taken in Copilot chat (work): number
--   Copilot_actions_taken_in_Copilot_chat_(work): number
--   Total Copilot active days: number
--   Total_Copilot_active_days: number
--   Total Copilot enabled days: number
--   Total_Copilot_enabled_days: number
--   Copilot assisted hours: number
--   Copilot_assisted_hours: number
--   Days of active Copilot usage in Teams: number
--   Days_of_active_Copilot_usage_in_Teams: number
--   Days of active Copilot usage in Word: number
--   Days_of_active_Copilot_usage_in_Word: number
--   Days of active Copilot usage in Excel: number
--   Days_of_active_Copilot_usage_in_Excel: number
--   Days of active Copilot usage in Powerpoint: number
--   Days_of_active_Copilot_usage_in_Powerpoint: number
--   Days of active Copilot usage in Outlook: number
--   Days_of_active_Copilot_usage_in_Outlook: number
--   Days of active Copilot usage in OneNote: number
--   Days_of_active_Copilot_usage_in_OneNote: number
--   Days of active Copilot usage in Loop: number
--   Days_of_active_Copilot_usage_in_Loop: number
--   Days of active Copilot chat (work) usage: number
--   Days_of_active_Copilot_chat__work__usage: number
with measured as (
    select
        line,
        PersonId,
        MetricDate,
        known_entries([
            {
                'key': 'teams_actions',
                'value': coalesce(
                    "Copilot actions taken in Teams",
                    "Copilot_actions_taken_in_Teams"
                )::double
            },
            {
                'key': 'word_actions',
                'value': coalesce(
                    "Copilot actions taken in Word",
                    "Copilot_actions_taken_in_Word"
                )::double
            },
            {
                'key': 'excel_actions',
                'value': coalesce(
                    "Copilot actions taken in Excel",
                    "Copilot_actions_taken_in_Excel"
                )::double
            },
            {
                'key': 'powerpoint_actions',
                'value': coalesce(
                    "Copilot actions taken in Powerpoint",
                    "Copilot_actions_taken_in_Powerpoint"
                )::double
            },
            {
                'key': 'outlook_actions',
                'value': coalesce(
                    "Copilot actions taken in Outlook",
                    "Copilot_actions_taken_in_Outlook"
                )::double
            },
            {
                'key': 'chat_work_actions',
                'value': coalesce(
                    "Copilot actions taken in Copilot chat (work)",
                    "Copilot_actions_taken_in_Copilot_chat_(work)"
                )::double
            },
            {
                'key': 'active_days',
                'value': coalesce(
                    "Total Copilot active days",
                    "Total_Copilot_active_days"
                )::double
            },
            {
                'key': 'enabled_days',
                'value': coalesce(
                    "Total Copilot enabled days",
                    "Total_Copilot_enabled_days"
                )::double
            },
            {
                'key': 'assisted_hours',
                'value': coalesce(
                    "Copilot assisted hours",
                    "Copilot_assisted_hours"
                )::double
            },
            {
                'key': 'teams_active_days',
                'value': coalesce(
                    "Days of active Copilot usage in Teams",
                    "Days_of_active_Copilot_usage_in_Teams"
                )::double
            },
            {
                'key': 'word_active_days',
                'value': coalesce(
                    "Days of active Copilot usage in Word",
                    "Days_of_active_Copilot_usage_in_Word"
                )::double
            },
            {
                'key': 'excel_active_days',
                'value': coalesce(
                    "Days of active Copilot usage in Excel",
                    "Days_of_active_Copilot_usage_in_Excel"
                )::double
            },
            {
                'key': 'powerpoint_active_days',
                'value': coalesce(
                    "Days of active Copilot usage in Powerpoint",
                    "Days_of_active_Copilot_usage_in_Powerpoint"
                )::double
            },
            {
                'key': 'outlook_active_days',
                'value': coalesce(
                    "Days of active Copilot usage in Outlook",
                    "Days_of_active_Copilot_usage_in_Outlook"
                )::double
            },
            {
                'key': 'onenote_active_days',
                'value': coalesce(
                    "Days of active Copilot usage in OneNote",
                    "Days_of_active_Copilot_usage_in_OneNote"
                )::double
            },
            {
                'key': 'loop_active_days',
                'value': coalesce(
                    "Days of active Copilot usage in Loop",
                    "Days_of_active_Copilot_usage_in_Loop"
                )::double
            },
            {
                'key': 'chat_work_active_days',
                'value': coalesce(
                    "Days of active Copilot chat (work) usage",
                    "Days_of_active_Copilot_chat__work__usage"
                )::double
            }
        ]) as metrics
    from source
)

select
    line,
    MetricDate as day,
    MetricDate as period_start,
    MetricDate + 6 as period_end,
    'activity' as row_kind,
    PersonId as actor,
    'unknown' as actor_type,
    'office' as surface,
    'none' as token_basis,
    'none' as cost_basis,
    metrics,
    case when cardinality(metrics) = 0 then 'no Copilot metric' end as set_aside
from measured
