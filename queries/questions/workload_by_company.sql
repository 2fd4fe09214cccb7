-- title: What kinds of work does each company use AI for?
-- grain: one row per company × workload class
-- people: []
-- all_companies: true
-- hides: []
-- meaning: Tokens of each class of work and their share of the company's own, for every company, whichever companies and kinds of work are chosen; 'unassigned' is what no rule caught. agent_tokens are those of workflows that agents do, reviewed or alone. The sums know no people, so a filter by people leaves nothing to show.
-- parameters: [basis, companies, from_month, is_people, models, to_month, vendors]
with used as (
    select
        company,
        workload_class,
        sum(tokens_in($basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens))
            as tokens,
        sum(tokens_in($basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens))
            filter (where autonomy >= 2) as agent_tokens,
        bool_or(autonomy is not null) as is_autonomy_known
    from work_selected($is_people, $companies::varchar[], $vendors::varchar[], $models::varchar[], null::varchar[])
    where month between $from_month and $to_month
    group by company, workload_class
    having tokens is not null
)

select
    -- Floats only once all is summed: a sum of floats would depend on the order of its rows.
    * exclude (is_autonomy_known)
        replace (tokens::double as tokens, agent_tokens::double as agent_tokens),
    workload_share(tokens, sum(tokens) over of_company)::double as class_share,
    case
        when bool_or(is_autonomy_known) over of_company
            then agent_owned_share(
                coalesce(sum(agent_tokens) over of_company, 0),
                sum(tokens) over of_company
            )
    end::double as agent_owned_share
from used
window of_company as (partition by company)
order by company, workload_class = 'unassigned', used.tokens desc, workload_class
