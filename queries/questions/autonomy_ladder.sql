-- title: How much runs without people, and may its review be relaxed?
-- grain: one row per company × workflow
-- people: []
-- hides: []
-- meaning: Each workflow with its level of autonomy (0 to 3, empty is unknown), its tokens in the window, and what was completed, accepted, done again and let through in the three months up to its end. A workflow of the outcomes and one of the rules are one where their names are. The sums know no people.
-- parameters: [basis, companies, from_month, models, to_month, vendors, workloads]
with used as (
    select
        company,
        workflow,
        any_value(autonomy) as autonomy,
        sum(tokens_in($basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens)) as tokens
    from work_selected(false, $companies::varchar[], $vendors::varchar[], $models::varchar[], $workloads::varchar[])
    where month between $from_month and $to_month
        and workflow <> 'unassigned'
    group by company, workflow
),

judged as (
    select
        company,
        workflow,
        sum(value) filter (where metric = 'completed') as completed,
        sum(value) filter (where metric = 'accepted') as accepted,
        sum(value) filter (where metric = 'reworked') as reworked,
        sum(value) filter (where metric = 'needs_review') as needs_review,
        sum(value) filter (where metric = 'reviewed') as reviewed,
        sum(value) filter (where metric = 'escaped_defects') as escaped_defects
    from outcomes_by_scope
    where workflow is not null
        and counts_for_company
        and month between strftime(month_start($to_month) - interval 2 month, '%Y-%m') and $to_month
        and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
    group by company, workflow
    having coalesce(completed, accepted) is not null
)

select
    coalesce(used.company, judged.company) as company,
    coalesce(used.workflow, judged.workflow) as workflow,
    used.autonomy,
    used.tokens::double as tokens,
    judged.completed,
    least(judged.accepted, coalesce(judged.reviewed, judged.accepted)) as accepted,
    judged.needs_review,
    accept_share(judged.accepted, judged.reviewed, judged.completed)::double as accept_share,
    rework_rate(judged.reworked, judged.completed)::double as rework_rate,
    escape_rate(judged.escaped_defects, judged.accepted)::double as escape_rate,
    oversight_coverage(judged.reviewed, judged.needs_review)::double as oversight_coverage
from used
full join judged
    on judged.company = used.company
    and lower(judged.workflow) = lower(used.workflow)
order by used.autonomy desc nulls last, company, workflow
