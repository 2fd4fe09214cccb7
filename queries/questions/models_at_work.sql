-- title: Which model does which work, and at which price?
-- grain: one row per company × vendor × model × workload class
-- people: []
-- all_companies: true
-- hides: []
-- meaning: Tokens by part and usage cost of each model in each class of work, and the price of the model over all its work, for every company, whichever companies are chosen. Use that names no model is left out, and so is what has no tokens. The sums know no people, so a filter by people leaves nothing to show.
-- parameters: [basis, companies, from_month, is_people, models, to_month, vendors, workloads]
with used as (
    select
        company,
        vendor,
        model,
        workload_class,
        sum(input_tokens)::double as input_tokens,
        sum(cache_read_tokens)::double as cache_read_tokens,
        sum(cache_write_tokens)::double as cache_write_tokens,
        sum(output_tokens)::double as output_tokens,
        sum(tokens_in($basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens))
            as tokens,
        sum(work.cost_usd)::decimal(18, 6) as cost_usd
    from work_selected($is_people, $companies::varchar[], $vendors::varchar[], $models::varchar[], $workloads::varchar[]) as work
    where month between $from_month and $to_month and model <> ''
    group by all
    having tokens > 0
)

select
    -- A float only once all is summed: a sum of floats would depend on the order of its rows.
    * replace (tokens::double as tokens),
    (sum(tokens) over of_model / sum(tokens) over (partition by company))::double as model_share,
    usd_per_million_tokens(
        case when bool_and(cost_usd is not null) over of_model then sum(cost_usd) over of_model end,
        sum(tokens) over of_model
    )::double as usd_per_million_tokens
from used
window of_model as (partition by company, vendor, model)
order by company, model_share desc, vendor, model, tokens desc, workload_class
