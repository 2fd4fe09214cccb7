-- title: Use by what rules look at
-- grain: one row per month × company × vendor × model × account × kind × surface × service × workspace × key name × tags × trace
-- meaning: The use that counts, with the workflow rule and the workload class rule that fire on it, as ranked_rule has them; NULL where none does. Rules are tried on the distinct values of a field, not on rows of usage. The name of a key that belongs to a person is out of their reach, or a rule could single the person out.
-- asked_by: marts
-- parameters: [months]
with use_by_fields as (
    select
        row_number() over () as id,
        *
    from (
        select
            month,
            company,
            vendor,
            model,
            account,
            kind,
            surface,
            case when owner = 'service' then actor end as service,
            workspace,
            case when owner <> 'person' then key_name end as key_name,
            tags,
            trace,
            -- Five of them: nobody asks more than whether there are so many, and each list is
            -- gone through once for every field.
            coalesce(list(distinct actor) filter (where owner = 'person'), [])[:5] as people,
            sum(input_tokens)::bigint as input_tokens,
            sum(cache_read_tokens)::bigint as cache_read_tokens,
            sum(cache_write_tokens)::bigint as cache_write_tokens,
            sum(output_tokens)::bigint as output_tokens,
            sum(requests)::bigint as requests,
            sum(messages)::bigint as messages,
            sum(billed_cost_usd)::decimal(18, 6) as billed_cost_usd,
            sum(estimated_cost_usd)::decimal(18, 6) as estimated_cost_usd,
            sum(purchase_cost_usd)::decimal(18, 6) as purchase_cost_usd,
            sum(list_cost_usd)::decimal(18, 6) as list_cost_usd,
            sum(gross_cost_usd)::decimal(18, 6) as gross_cost_usd,
            count(*) as use_rows
        from counted
        where list_contains($months, month)
        group by all
    )
),

field_values as (
    select id, company, field, value
    from (
        select
            id, company, workspace, service, key_name, tags, trace, account, surface, vendor,
            nullif(model, '') as model, kind
        from use_by_fields
    )
    unpivot (
        value for field in (
            workspace, service, key_name, tags, trace, account, surface, vendor, model, kind
        )
    )
),

caught_values as (
    select
        held.company,
        rules.subject,
        held.field,
        held.value,
        min(ranked_rule(rules.priority, rules.field, rules.pattern, rules.result)) as first_rule
    from (select distinct company, field, value from field_values) as held
    join rules
        on rules.subject in ('workflow', 'workload_class')
        and rules.company = held.company
        and rules.field = held.field
        and matches_rule(held.value, rules.pattern)
    group by all
),

caught as (
    select
        id,
        company,
        min(first_rule) filter (where subject = 'workflow') as workflow_rule,
        min(first_rule) filter (where subject = 'workload_class') as class_rule
    from field_values
    join caught_values using (company, field, value)
    group by id, company
),

classes_of_workflows as (
    select
        workflows.company,
        workflows.workflow,
        min(ranked_rule(rules.priority, rules.field, rules.pattern, rules.result)) as first_rule
    from (select distinct company, workflow_rule.result as workflow from caught) as workflows
    join rules
        on rules.subject = 'workload_class'
        and rules.field = 'workflow'
        and rules.company = workflows.company
        and matches_rule(workflows.workflow, rules.pattern)
    group by all
)

select
    use_by_fields.*,
    caught.workflow_rule,
    least(caught.class_rule, classes_of_workflows.first_rule) as class_rule
from use_by_fields
left join caught using (id)
left join classes_of_workflows
    on classes_of_workflows.company = use_by_fields.company
    and classes_of_workflows.workflow = caught.workflow_rule.result
