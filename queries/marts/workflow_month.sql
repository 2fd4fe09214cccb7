-- title: Work by month
-- grain: one row per month × company × vendor × model × workflow × workload class × the rules that said so
-- meaning: Fills the table workflow_month for the months of use_by_work.
-- asked_by: marts
select
    month,
    company,
    vendor,
    model,
    coalesce(workflow_rule.result, 'unassigned') as workflow,
    coalesce(class_rule.result, 'unassigned') as workload_class,
    rule_text(workflow_rule.field, workflow_rule.pattern) as workflow_rule,
    rule_text(class_rule.field, class_rule.pattern) as class_rule,
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
    sum(use_rows)::bigint as use_rows
from use_by_work
group by all
