-- title: Targets
-- table: targets
-- grain: one row per month, metric and department
-- how: >
--   Write one row per month and metric that is meant to reach a value; the ids and units of metrics are on the Methods page.
-- source: our own template
-- company: company
-- signature: [month, metric, target]
-- columns:
--   month: month
--   company: text
--   department: text
--   metric: text
--   target: number
-- template:
--   month: YYYY-MM
--   department: as in the roster; empty for the company
--   metric: id of a metric, such as active_share
--   target: in the unit of the metric; shares from 0 to 1
select
    line,
    month,
    department,
    lower(metric) as metric,
    target as value
from source
