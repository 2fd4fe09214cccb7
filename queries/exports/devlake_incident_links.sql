-- title: DevLake incidents of deployments
-- table: outcomes
-- grain: one row per incident and deployment
-- how: Not needed by itself, as it holds no day; it is the table that ties incidents to deployments.
-- source: verified, from DevLake's own test data
-- advice: >
--   Load the deployments, which say which of them failed, and give incidents and the hours to repair
--   by month with the template for outcomes
-- signature: [id, project_name, deployment_id]
-- columns:
--   id: text
--   project_name: text
--   deployment_id: text
--   _raw_data_remark: text
select line, 'an incident without a day' as set_aside
from source
