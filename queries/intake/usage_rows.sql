-- title: Usage rows of groups of files
-- grain: the grain of the table usage, in each group
-- meaning: >
--   Rolls the mapped lines of files that are loaded together up to the store's grain, before the
--   prices. Sums of nothing reported stay NULL. A line that is alone at its grain, as most are, passes
--   as it is, which is many times faster than grouping it; two lines are told apart by a hash first,
--   and where hashes agree by every column.
-- asked_by: intake
with summed as (
    select
        * exclude (
            grain, line, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens,
            reasoning_tokens, requests, failed_requests, messages, credits, list_cost_usd,
            gross_cost_usd, net_cost_usd, amortised_cost_usd, estimated_cost_usd,
            billed_in_currency, metrics, flags
        ),
        sum(input_tokens)::bigint as input_tokens,
        sum(cache_read_tokens)::bigint as cache_read_tokens,
        sum(cache_write_tokens)::bigint as cache_write_tokens,
        sum(output_tokens)::bigint as output_tokens,
        sum(reasoning_tokens)::bigint as reasoning_tokens,
        sum(requests)::bigint as requests,
        sum(failed_requests)::bigint as failed_requests,
        sum(messages)::bigint as messages,
        sum(credits)::decimal(18, 6) as credits,
        sum(list_cost_usd)::decimal(18, 6) as list_cost_usd,
        sum(gross_cost_usd)::decimal(18, 6) as gross_cost_usd,
        sum(net_cost_usd)::decimal(18, 6) as net_cost_usd,
        sum(amortised_cost_usd)::decimal(18, 6) as amortised_cost_usd,
        sum(estimated_cost_usd)::decimal(18, 6) as estimated_cost_usd,
        sum(billed_in_currency)::decimal(18, 6) as billed_in_currency,
        sum_maps(list(metrics) filter (where metrics is not null)) as metrics,
        nullif(list_sort(list_distinct(flatten(list(coalesce(flags, []))))), []) as flags,
        min(line)::bigint as first_line,
        count(distinct line)::bigint as lines
    from described
    where grain in (select grain from several)
    group by all
),

alone as (
    select
        * exclude (grain, line)
        replace (
            credits::decimal(18, 6) as credits,
            list_cost_usd::decimal(18, 6) as list_cost_usd,
            gross_cost_usd::decimal(18, 6) as gross_cost_usd,
            net_cost_usd::decimal(18, 6) as net_cost_usd,
            amortised_cost_usd::decimal(18, 6) as amortised_cost_usd,
            estimated_cost_usd::decimal(18, 6) as estimated_cost_usd,
            billed_in_currency::decimal(18, 6) as billed_in_currency
        ),
        line::bigint as first_line,
        1::bigint as lines
    from described
    where grain not in (select grain from several)
)

select * from alone
union all by name
select * from summed
