-- title: Usage rows of groups of files
-- grain: the grain of the table usage, in each group
-- meaning: Rolls the mapped lines of files that are loaded together, which share a `load_id`, up to the store's grain, after the pseudonyms and before the prices. Sums of nothing reported stay NULL. A line that is alone at its grain, as most are, passes as it is, which is many times faster than grouping it; two lines are told apart by a hash first, and where hashes agree by every column.
-- asked_by: intake
with described as (
    select
        load_id,
        line,
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
            when actor_type = 'person' and not starts_with(actor, 'p:') then hashed.pseudonym
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
        token_basis,
        credit_unit,
        cost_basis,
        coalesce(currency, 'USD') as currency,
        attrs,
        input_tokens,
        cache_read_tokens,
        cache_write_tokens,
        output_tokens,
        reasoning_tokens,
        requests,
        failed_requests,
        messages,
        credits,
        list_cost_usd,
        gross_cost_usd,
        net_cost_usd,
        amortised_cost_usd,
        estimated_cost_usd,
        billed_in_currency,
        metrics,
        nullif(list_sort(list_distinct(flags)), []) as flags
    from mapped
    left join hashed on hashed.alias = mapped.actor
),

told_apart as (
    select
        *,
        hash(
            load_id, day, period_start, period_end, company, account, vendor, kind, row_kind, actor,
            actor_type, credential, model, model_name, surface, service_tier, context_window,
            workspace, key_name, tags, trace, token_basis, credit_unit, cost_basis, currency, attrs
        ) as grain
    from described
),

several as (
    select grain
    from told_apart
    group by grain
    having count(*) > 1
),

summed as (
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
    from told_apart
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
    from told_apart
    where grain not in (select grain from several)
)

select * from alone
union all by name
select * from summed
