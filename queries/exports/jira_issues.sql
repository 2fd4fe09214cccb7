-- title: Jira issues
-- table: outcomes
-- grain: one row per resolved issue and measure of it (that it was done, and the hours it took)
-- how: >
--   In Jira, search for the issues resolved in the months you want and export all fields as CSV.
-- source: >
--   verified, from two public importers; dates have no zone and are taken as UTC; names, summaries
--   and comments are not kept
-- signature: [issue key, issue type, created]
-- repeats: true
-- columns:
--   Summary: personal
--   Issue key: text
--   Issue id: text
--   Issue Type: text
--   Status: text
--   Status Category: text
--   Priority: text
--   Assignee: personal
--   Assignee Id: personal
--   Reporter: personal
--   Reporter Id: personal
--   Creator: personal
--   Creator Id: personal
--   Created: time
--   Updated: time
--   Resolved: time
--   Resolution: text
--   Due date: text
--   Labels: text
--   Project key: text
--   Project name: text
--   Description: personal
--   Comment: personal
--   Attachment: personal
--   Watchers: personal
--   Watchers Id: personal
--   Log Work: personal
--   Environment: personal
with issues as (
    select
        *,
        coalesce("Project key", regexp_extract("Issue key", '^(.+)-\d+$', 1)) as project,
        date_diff('minute', "Created", "Resolved") / 60.0 as hours
    from source
)

select
    line,
    "Resolved"::date as day,
    project as account,
    project as scope,
    "Issue Type" as workflow,
    outcome.metric,
    outcome.value,
    outcome.n,
    case
        when "Resolved" is null then 'not resolved yet'
        when hours < 0 then 'resolved before it was created'
    end as set_aside
from issues
cross join unnest([
    {'metric': 'tickets', 'value': 1::decimal(18, 6), 'n': null::bigint},
    {'metric': 'resolution_hours', 'value': hours::decimal(18, 6), 'n': 1::bigint}
]) as counted(outcome)
