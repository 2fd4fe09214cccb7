-- title: Autonomy of workflows
-- grain: one row per company × workflow
-- served_as: table
-- meaning: How much of a workflow runs without people, 0 to 3, as its owner set it, and the rule that says so; NULL is unknown.
with workflows as (
    select distinct company, workflow
    from workflow_month
    where workflow <> 'unassigned'
),

levels as (
    select
        workflows.company,
        workflows.workflow,
        min(ranked_rule(rules.priority, rules.field, rules.pattern, rules.result)) as first_rule
    from workflows
    join rules
        on rules.subject = 'autonomy'
        and rules.field = 'workflow'
        and rules.company = workflows.company
        and matches_rule(workflows.workflow, rules.pattern)
    group by all
)

select
    company,
    workflow,
    first_rule.result::bigint as autonomy,
    rule_text(first_rule.field, first_rule.pattern) as rule
from workflows
left join levels using (company, workflow)
