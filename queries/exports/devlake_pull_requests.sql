-- title: DevLake pull request metrics
-- table: outcomes
-- grain: one row per merged pull request
-- how: >
--   Export the table project_pr_metrics of DevLake's database as CSV, one file a month: it holds no
--   day, so the month is asked for.
-- source: verified, from DevLake's own test data; its times are minutes
-- signature: [id, project_name, pr_cycle_time, pr_pickup_time]
-- period_in_name: '(?P<month>\d{4}-\d{2})'
-- columns:
--   id: text
--   project_name: text
--   first_commit_sha: text
--   pr_coding_time: number
--   first_review_id: text
--   pr_pickup_time: number
--   pr_review_time: number
--   deployment_id: text
--   pr_deploy_time: number
--   pr_cycle_time: number
--   _raw_data_remark: text
select
    line,
    stated_first_day as day,
    stated_last_day as period_end,
    project_name as account,
    project_name as scope,
    'pull_request_cycle_hours' as metric,
    (pr_cycle_time / 60)::decimal(18, 6) as value,
    1::bigint as n,
    case when pr_cycle_time is null then 'no cycle time' end as set_aside
from source
