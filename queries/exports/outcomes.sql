-- title: Outcomes by month
-- table: outcomes
-- grain: one row per month, scope, workflow and metric
-- how: >
--   Write one row per month and metric that your own systems count: what was done, reviewed or went wrong, for the company or for a team.
-- source: our own template
-- company: company
-- signature: [month, metric, value, scope]
-- columns:
--   month: month
--   company: text
--   scope: text
--   workflow: text
--   metric: text
--   value: number
--   n: count
-- template:
--   month: YYYY-MM
--   scope: team, department or repository; empty for the whole company
--   workflow: the kind of work, if you tell them apart
--   metric: completed, accepted, reworked, needs_review, reviewed, reviewers, escaped_defects, incidents, mttr_hours, deployments, failed_deployments, lead_time_hours, resolution_hours, tickets or found_before_customer
--   value: the count of the month, or the mean for hours
--   n: for means, how many cases the mean rests on
select
    line,
    month_start(month) as day,
    month_end(month) as period_end,
    scope,
    workflow,
    lower(metric) as metric,
    value,
    n,
    case when outcome_unit(lower(metric)) is null then 'a metric that is not known' end as set_aside
from source
