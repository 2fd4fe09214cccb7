-- title: Sources by month
-- grain: one row per month × company × vendor × account × kind
-- meaning: Fills the table source_month for the given months. Why a source counts is that of its last day that counts in the month; why it does not, that of its last day.
-- asked_by: marts
-- parameters: [months]
with summed as (
    select
        month,
        day,
        company,
        vendor,
        account,
        kind,
        sum(input_tokens) as input_tokens,
        sum(cache_read_tokens) as cache_read_tokens,
        sum(cache_write_tokens) as cache_write_tokens,
        sum(output_tokens) as output_tokens,
        sum(requests) as requests,
        sum(coalesce(amortised_cost_usd, net_cost_usd)) filter (where row_kind <> 'purchase')
            as billed_cost_usd,
        sum(estimated_cost_usd) filter (
            where row_kind <> 'purchase' and coalesce(amortised_cost_usd, net_cost_usd) is null
        ) as estimated_cost_usd
    from usage_in_usd
    where list_contains($months, month)
    group by month, day, company, vendor, account, kind
),

by_day as (
    select
        *,
        raw_tokens(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens) as tokens,
        case
            when coalesce(billed_cost_usd, estimated_cost_usd) is not null
                then coalesce(billed_cost_usd, 0) + coalesce(estimated_cost_usd, 0)
        end as cost_usd
    from summed
),

judged as (
    select
        by_day.*,
        kinds.family,
        account_names.same_account,
        kinds.is_foreign,
        counts_tokens,
        counts_cost,
        tokens_reason,
        cost_reason,
        coalesce(
            case when not is_foreign then sum(tokens) filter (where counts_tokens) over of_account end,
            sum(tokens) filter (where counts_tokens) over of_vendor
        ) as tokens_that_count,
        coalesce(
            case when not is_foreign then sum(cost_usd) filter (where counts_cost) over of_account end,
            sum(cost_usd) filter (where counts_cost) over of_vendor
        ) as cost_that_counts_usd
    from by_day
    join kinds on kinds.kind = by_day.kind
    join account_names
        on account_names.company = by_day.company
        and account_names.family = kinds.family
        and account_names.account = by_day.account
    join authority
        on authority.month = by_day.month
        and authority.day = by_day.day
        and authority.company = by_day.company
        and authority.vendor = by_day.vendor
        and authority.family = kinds.family
        and authority.same_account = account_names.same_account
        and authority.kind = by_day.kind
    window
        of_account as (
            partition by
                by_day.month,
                by_day.day,
                by_day.company,
                by_day.vendor,
                kinds.family,
                account_names.same_account
        ),
        of_vendor as (partition by by_day.month, by_day.day, by_day.company, by_day.vendor)
)

select
    month,
    company,
    vendor,
    family,
    same_account as account,
    kind,
    is_foreign,
    sum(input_tokens)::bigint as input_tokens,
    sum(cache_read_tokens)::bigint as cache_read_tokens,
    sum(cache_write_tokens)::bigint as cache_write_tokens,
    sum(output_tokens)::bigint as output_tokens,
    sum(billed_cost_usd)::decimal(18, 6) as billed_cost_usd,
    sum(estimated_cost_usd)::decimal(18, 6) as estimated_cost_usd,
    sum(requests)::bigint as requests,
    count(distinct day) as days,
    count(distinct day) filter (where tokens is not null) as days_with_tokens,
    count(distinct day) filter (where cost_usd is not null) as days_with_cost,
    count(distinct day) filter (where counts_tokens) as days_counted_for_tokens,
    count(distinct day) filter (where counts_cost) as days_counted_for_cost,
    sum(tokens) filter (where counts_tokens)::bigint as counted_tokens,
    sum(cost_usd) filter (where counts_cost)::decimal(18, 6) as counted_cost_usd,
    sum(tokens) filter (where not counts_tokens)::bigint as uncounted_tokens,
    sum(cost_usd) filter (where not counts_cost)::decimal(18, 6) as uncounted_cost_usd,
    sum(tokens_that_count) filter (where not counts_tokens and tokens is not null)::bigint
        as tokens_counted_instead,
    sum(cost_that_counts_usd) filter (where not counts_cost and cost_usd is not null)::decimal(18, 6)
        as cost_counted_instead_usd,
    coalesce(
        arg_max(tokens_reason, day) filter (where counts_tokens),
        arg_max(tokens_reason, day),
        case when sum(tokens) is not null then 'told_by_day' end
    ) as tokens_reason,
    coalesce(
        arg_max(cost_reason, day) filter (where counts_cost),
        arg_max(cost_reason, day),
        case when sum(cost_usd) is not null then 'told_by_day' end
    ) as cost_reason
from judged
group by month, company, vendor, family, same_account, kind, is_foreign
