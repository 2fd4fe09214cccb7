-- title: Use by what rules look at, with its level of autonomy
-- grain: the grain of use_by_work
-- meaning: use_by_work with the level of the workflow it belongs to, NULL where none is set.
-- asked_by: store
select
    use_by_work.* exclude (id, people),
    workflow_autonomy.autonomy
from use_by_work
left join workflow_autonomy
    on workflow_autonomy.company = use_by_work.company
    and workflow_autonomy.workflow = use_by_work.workflow_rule.result
