-- title: Outcomes by month
-- table: outcomes
-- grain: one row per month, scope, workflow and metric
-- how: >
--   Write one row per month and metric that your own systems count: what was done, reviewed or went wrong, for the company or for a team.
-- source: our own template
-- company: company
-- signature: [month, metric, value]
-- columns:
--   month: month
--   company: text
--   scope: text
--   team_or_department: text
--   workflow: text
--   metric: text
--   value: number
--   n: count
--   unit: text
-- template:
--   month: YYYY-MM
--   scope: department as the roster names it, or a team whose name begins with it, or a repository; empty for the whole company
--   workflow: the kind of work, if you tell them apart
--   metric: completed, accepted, reworked, needs_review, reviewed, reviewers, escaped_defects, incidents, mttr_hours, deployments, failed_deployments, lead_time_hours, resolution_hours, tickets or found_before_customer
--   value: the count of the month, or the mean for hours
--   n: for means, how many cases the mean rests on
select
    line,
    month_start(month) as day,
    month_end(month) as period_end,
    coalesce(scope, team_or_department) as scope,
    workflow,
    -- A metric that is not known is kept under its own name, for whoever reads it; a mean time
    -- without its unit in the name gets it.
    case
        when lower(unit) = 'hours' and not ends_with(lower(metric), '_hours') then lower(metric) || '_hours'
        else lower(metric)
    end as metric,
    value,
    n
from source
