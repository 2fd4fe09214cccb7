-- title: Delivery figures by month
-- table: outcomes
-- grain: one row per month, team and figure
-- how: >
--   Write one row per month and team with the four figures of delivery: deployments to production,
--   lead time in hours, the share of them that failed in percent, and minutes to restore.
-- source: our own template
-- company: company
-- signature: [month, prod_deployments, change_failure_rate]
-- columns:
--   month: month
--   company: text
--   team: text
--   prod_deployments: number
--   lead_time_hours: number
--   change_failure_rate: number
--   mttr_minutes: number
-- template:
--   month: YYYY-MM
--   team: as your delivery tools name it
--   prod_deployments: deployments to production in the month
--   lead_time_hours: mean hours from commit to production
--   change_failure_rate: failed deployments in percent of all, such as 8.1
--   mttr_minutes: mean minutes from failure to repair
select
    line,
    month_start(month) as day,
    month_end(month) as period_end,
    team as scope,
    figure.metric,
    figure.value,
    figure.n
from source
cross join unnest(list_filter(
    [
        {'metric': 'deployments', 'value': prod_deployments::decimal(18, 6), 'n': null::bigint},
        {'metric': 'lead_time_hours', 'value': lead_time_hours::decimal(18, 6), 'n': prod_deployments::bigint},
        {'metric': 'change_failure_share', 'value': (change_failure_rate * 0.01)::decimal(18, 6), 'n': prod_deployments::bigint},
        {'metric': 'mttr_hours', 'value': (mttr_minutes / 60)::decimal(18, 6), 'n': null::bigint}
    ],
    lambda told: told.value is not null
)) as told(figure)
