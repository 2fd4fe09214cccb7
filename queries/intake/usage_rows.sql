-- title: Usage rows of groups of files
-- grain: the grain of the table usage, in each group
-- meaning: Rolls the mapped lines of files that are loaded together, which share a `load_id`, up to the store's grain, after the pseudonyms and before the prices. Sums of nothing reported stay NULL.
-- asked_by: intake
select
    strftime(day, '%Y-%m') as month,
    day,
    period_start,
    period_end,
    company,
    account,
    vendor,
    kind,
    row_kind,
    case
        when actor_type = 'person' and not starts_with(actor, 'p:')
            then (select pseudonym from hashed where alias = actor)
        when actor_type = 'person' then actor
        else without_addresses(actor)
    end as actor,
    case when actor is null then 'unknown' else coalesce(actor_type, 'unknown') end as actor_type,
    without_addresses(credential) as credential,
    model,
    model_name,
    surface,
    service_tier,
    context_window,
    without_addresses(workspace) as workspace,
    without_addresses(key_name) as key_name,
    without_addresses(tags) as tags,
    without_addresses(trace) as trace,
    sum(input_tokens)::bigint as input_tokens,
    sum(cache_read_tokens)::bigint as cache_read_tokens,
    sum(cache_write_tokens)::bigint as cache_write_tokens,
    sum(output_tokens)::bigint as output_tokens,
    sum(reasoning_tokens)::bigint as reasoning_tokens,
    token_basis,
    sum(requests)::bigint as requests,
    sum(failed_requests)::bigint as failed_requests,
    sum(messages)::bigint as messages,
    sum(credits)::decimal(18, 6) as credits,
    credit_unit,
    sum(list_cost_usd)::decimal(18, 6) as list_cost_usd,
    sum(gross_cost_usd)::decimal(18, 6) as gross_cost_usd,
    sum(net_cost_usd)::decimal(18, 6) as net_cost_usd,
    sum(amortised_cost_usd)::decimal(18, 6) as amortised_cost_usd,
    sum(estimated_cost_usd)::decimal(18, 6) as estimated_cost_usd,
    cost_basis,
    coalesce(currency, 'USD') as currency,
    sum(billed_in_currency)::decimal(18, 6) as billed_in_currency,
    sum_maps(list(metrics) filter (where metrics is not null)) as metrics,
    attrs,
    nullif(list_sort(list_distinct(flatten(list(coalesce(flags, []))))), []) as flags,
    load_id,
    min(line)::bigint as first_line,
    count(distinct line)::bigint as lines
from mapped
group by all
