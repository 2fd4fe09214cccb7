-- title: Which rules are there, and what does each catch?
-- grain: one row per company × subject × field × pattern
-- people: []
-- hides: []
-- meaning: The rules of workflow, workload class, autonomy and role family as they rank, with the use or the employees on which each fires. One that never fires is there in vain, or another stands before it. Fewer than 5 employees are not counted out. A filter by people leaves nothing to show.
-- parameters: [basis, companies, from_month, is_people, models, to_month, vendors, workloads]
with work as (
    select
        *,
        tokens_in($basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens) as tokens
    from work_selected($is_people, $companies::varchar[], $vendors::varchar[], $models::varchar[], $workloads::varchar[])
    where month between $from_month and $to_month
),

fired as (
    select
        company,
        subject,
        rule,
        sum(tokens)::double as tokens,
        sum(cost_usd)::decimal(18, 6) as cost_usd,
        sum(employees)::double as employees
    from (
        select company, 'workflow' as subject, workflow_rule as rule, tokens, cost_usd, null as employees
        from work
        union all
        select company, 'workload_class', class_rule, tokens, cost_usd, null
        from work
        union all
        select company, 'autonomy', autonomy_rule, tokens, cost_usd, null
        from work
        union all
        select company, 'role_family', rule, null, null, employees
        from role_families
        where employees > 0
    )
    group by all
)

select
    rules.company,
    rules.subject,
    rules.priority,
    rules.field,
    rules.pattern,
    rules.result,
    fired.rule is not null as is_firing,
    fired.tokens,
    fired.cost_usd,
    case when fired.employees >= 5 then fired.employees end as employees,
    rules.author,
    rules.decided_at
from rules
left join fired
    on fired.company = rules.company
    and fired.subject = rules.subject
    and fired.rule = rule_text(rules.field, rules.pattern)
where not $is_people
    and rules.subject in ('workflow', 'workload_class', 'autonomy', 'role_family')
    and ($companies::varchar[] is null or list_contains($companies::varchar[], rules.company))
order by
    rules.company,
    rules.subject,
    ranked_rule(rules.priority, rules.field, rules.pattern, rules.result)
