-- title: DevLake deployments
-- table: outcomes
-- grain: one row per deployment to production
-- how: Export the table cicd_deployment_commits of DevLake's database as CSV.
-- source: verified, from DevLake's own test data; a deployment without an environment is not counted
-- signature: [result, started_date, duration_sec, cicd_scope_id, environment]
-- columns:
--   id: text
--   result: text
--   started_date: time
--   finished_date: time
--   created_date: text
--   duration_sec: number
--   cicd_pipeline_id: text
--   cicd_deployment_id: text
--   cicd_scope_id: text
--   repo_id: text
--   repo_url: text
--   environment: text
--   status: text
--   name: text
--   ref_name: text
--   commit_sha: text
--   commit_msg: personal
--   prev_success_deployment_commit_id: text
--   _raw_data_remark: text
select
    line,
    started_date::date as day,
    cicd_scope_id as account,
    repo_url as scope,
    case when upper(result) = 'SUCCESS' then 'deployments' else 'failed_deployments' end as metric,
    1::decimal(18, 6) as value,
    case
        when upper(environment) is distinct from 'PRODUCTION' then 'not a deployment to production'
        when result is null then 'no result yet'
    end as set_aside
from source
