-- title: What other rules would make of use
-- grain: one row per month × subject × what it is × what it would be
-- meaning: The use of work_before by its workflow, workload class and level of autonomy there and in work_after, which is the same use under other rules. Tokens are weighted by price.
-- asked_by: store
-- parameters: [company]
with sides as (
    select *, false as is_after from work_before
    union all by name
    select *, true as is_after from work_after
),

compared as (
    select
        month,
        vendor,
        model,
        account,
        kind,
        surface,
        service,
        workspace,
        key_name,
        tags,
        trace,
        any_value(use_rows) as use_rows,
        any_value(weighted_tokens(
            input_tokens, cache_read_tokens, cache_write_tokens, output_tokens
        )) as tokens,
        any_value(full_cost_usd(billed_cost_usd, estimated_cost_usd, null)) as cost_usd,
        any_value(workflow_rule.result) filter (where not is_after) as workflow_before,
        any_value(workflow_rule.result) filter (where is_after) as workflow_after,
        any_value(class_rule.result) filter (where not is_after) as class_before,
        any_value(class_rule.result) filter (where is_after) as class_after,
        any_value(autonomy) filter (where not is_after) as autonomy_before,
        any_value(autonomy) filter (where is_after) as autonomy_after
    from sides
    where company = $company
    group by
        month, vendor, model, account, kind, surface, service, workspace, key_name, tags, trace
)

select
    month,
    subject,
    coalesce(before, 'unassigned') as before,
    coalesce(after, 'unassigned') as after,
    sum(use_rows)::bigint as use_rows,
    sum(tokens)::double as tokens,
    sum(cost_usd)::decimal(18, 6) as cost_usd
from (
    select
        month, use_rows, tokens, cost_usd,
        'workflow' as subject, workflow_before as before, workflow_after as after
    from compared
    union all
    select month, use_rows, tokens, cost_usd, 'workload_class', class_before, class_after
    from compared
    union all
    select
        month, use_rows, tokens, cost_usd,
        'autonomy', autonomy_before::varchar, autonomy_after::varchar
    from compared
)
group by all
