-- title: Which work does the use belong to?
-- grain: one row per company × workflow × workload class
-- people: []
-- hides: []
-- meaning: Tokens and cost of each workflow with its level of autonomy (0 to 3, empty is unknown) and the rules that fired; use that no rule caught stands as 'unassigned'. Shares are of everything shown. The sums know no people, so a filter by people leaves nothing to show.
-- parameters: [basis, companies, from_month, is_people, models, to_month, vendors, workloads]
with sums as (
    select
        company,
        workflow,
        workload_class,
        any_value(autonomy) as autonomy,
        sum(tokens_in($basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens))
            as tokens,
        (tokens / nullif(sum(tokens) over (), 0))::double as token_share,
        sum(cost_usd)::decimal(18, 6) as cost_usd,
        (sum(cost_usd) / nullif(sum(sum(cost_usd)) over (), 0))::double as cost_share,
        string_agg(distinct workflow_rule, '; ' order by workflow_rule) as workflow_rules,
        string_agg(distinct class_rule, '; ' order by class_rule) as class_rules
    from work_selected($is_people, $companies::varchar[], $vendors::varchar[], $models::varchar[], $workloads::varchar[]) as work
    where month between $from_month and $to_month
    group by company, workflow, workload_class
)

select
    -- A float only once all is summed: a sum of floats would depend on the order of its rows.
    * replace (tokens::double as tokens)
from sums
order by
    workflow = 'unassigned',
    tokens desc nulls last,
    cost_usd desc nulls last,
    company,
    workflow,
    workload_class

