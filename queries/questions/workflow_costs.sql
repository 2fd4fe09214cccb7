-- title: What does accepted work of a workflow cost, and how much is done again?
-- grain: one row per company × workflow with outcomes
-- people: []
-- hides: []
-- meaning: The cost of the use of each workflow, what it would have cost at list prices (unknown where a part has none), and its outcomes, over the whole months of the window. Use that seats or plans include is billed at 0, so that its list price is all there is to tell. A workflow of the outcomes and one of the rules are one where their names are. Seats belong to no workflow, and the sums know no people.
-- parameters: [companies, from_month, to_month]
with used as (
    select
        company,
        lower(workflow) as name,
        sum(cost_usd) as cost_usd,
        case
            when bool_and(
                list_cost_usd is not null
                or raw_tokens(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens) is null
            )
                then sum(list_cost_usd)
        end as list_cost_usd
    from work_selected(
        false, $companies::varchar[], null::varchar[], null::varchar[], null::varchar[]
    )
    semi join whole_months using (company, month)
    where month between $from_month and $to_month
        and workflow <> 'unassigned'
    group by all
),

counted as (
    select
        company,
        lower(workflow) as name,
        min(workflow) as workflow,
        sum(value) filter (where metric = 'completed') as completed,
        sum(value) filter (where metric = 'accepted') as accepted,
        sum(value) filter (where metric = 'reworked') as reworked
    from outcomes_by_scope
    semi join whole_months using (company, month)
    where workflow is not null
        and counts_for_company
        and month between $from_month and $to_month
        and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
    group by all
    having coalesce(completed, accepted) is not null
)

select
    company,
    counted.workflow,
    used.cost_usd::decimal(18, 6) as cost_usd,
    used.list_cost_usd::decimal(18, 6) as list_cost_usd,
    counted.completed,
    counted.accepted,
    cost_per_accepted_usd(used.cost_usd, counted.accepted)::double as cost_per_accepted_usd,
    cost_not_accepted_usd(used.cost_usd, counted.completed, counted.accepted)::double
        as cost_not_accepted_usd,
    rework_rate(counted.reworked, counted.completed)::double as rework_rate
from counted
left join used using (company, name)
order by company, used.cost_usd desc nulls last, counted.workflow
