-- title: Which use does the change of the cost come from?
-- grain: one row per period ('this', 'previous') × company × vendor × model × owner (person, service, unknown)
-- people: []
-- hides: []
-- meaning: Tokens in the chosen basis and what they cost, billed and estimated, of the two periods that are compared. A cost of NULL is unknown; tokens that a plan covers cost 0 here and their seats elsewhere.
-- parameters: [basis, companies, departments, from_month, is_people, models, pooled, previous_from, previous_to, roles, to_month, vendors, workloads]
select
    case when month >= $from_month then 'this' else 'previous' end as period,
    company,
    vendor_label as vendor,
    model_label as model,
    owner,
    sum(tokens_in($basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens))::double
        as tokens,
    case
        when coalesce(sum(billed_cost_usd), sum(estimated_cost_usd)) is not null
            then coalesce(sum(billed_cost_usd), 0) + coalesce(sum(estimated_cost_usd), 0)
        when coalesce(sum(rows_without_cost), 0) = 0 then 0
    end::decimal(18, 6) as cost_usd
from cube_selected(
    $is_people, $companies::varchar[], $departments::varchar[], $roles::varchar[],
    $vendors::varchar[], $models::varchar[], $workloads::varchar[], $pooled::varchar[]
)
where month between $from_month and $to_month
    or month between $previous_from and $previous_to
group by all
order by all
