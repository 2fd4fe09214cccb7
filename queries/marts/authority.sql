-- title: Authority
-- grain: one row per day × company × vendor × account × kind
-- meaning: Which kind counts for tokens, for cost, for requests and for messages on that day. Cost is a bill, else the vendor's estimate, else the list price; tokens are a usage file, else a bill with tokens, else a report that holds only some of them. Of two that are alike the one that names who used it counts, then the later load; that alone decides for requests and messages. What a daily export of the account tells is not taken from a row that stands for the month. Kinds that share no account with the vendor's own (a gateway, FOCUS) count only on days where the vendor's own kinds hold no row of that company.
-- asked_by: marts
with by_kind as (
    select
        usage.month,
        usage.day,
        usage.company,
        usage.vendor,
        kinds.family,
        account_names.same_account,
        usage.kind,
        any_value(kinds.is_foreign) as is_foreign,
        max(usage.load_id) as last_load_id,
        min(case
            when row_kind = 'purchase' then null
            when net_cost_usd is not null or amortised_cost_usd is not null then 1
            when billed_in_currency is not null then 1
            -- An estimate of what only one product used must not stand for all that was used.
            when estimated_cost_usd is not null and kinds.tokens_from = 'none' then 4
            when estimated_cost_usd is not null and cost_basis = 'vendor_estimate' then 2
            when estimated_cost_usd is not null then 3
        end) as cost_rank,
        min(case
            when coalesce(
                input_tokens, cache_read_tokens, cache_write_tokens, output_tokens
            ) is null then null
            when kinds.tokens_from = 'usage' then 1
            when kinds.tokens_from = 'bill' then 2
            else 3
        end) as tokens_rank,
        bool_or(usage.requests is not null) as has_requests,
        bool_or(usage.messages is not null) as has_messages,
        bool_or(usage.actor is not null) as names_actors,
        bool_or(usage.period_end is not null) as is_of_period
    from usage
    join kinds on kinds.kind = usage.kind
    join account_names
        on account_names.company = usage.company
        and account_names.family = kinds.family
        and account_names.account = usage.account
    group by all
),

-- A row of a month stands on its first day and would be added to the days of a daily export of the
-- same account: what is told by day in the month is not taken from the row of the month again.
told_once as (
    select
        * replace (
            case
                when is_of_period and bool_or(cost_rank is not null and not is_of_period) over of_month
                    then null
                else cost_rank
            end as cost_rank,
            case
                when is_of_period and bool_or(tokens_rank is not null and not is_of_period) over of_month
                    then null
                else tokens_rank
            end as tokens_rank,
            has_requests
            and not (is_of_period and bool_or(has_requests and not is_of_period) over of_month)
                as has_requests,
            has_messages
            and not (is_of_period and bool_or(has_messages and not is_of_period) over of_month)
                as has_messages
        )
    from by_kind
    window of_month as (partition by month, company, vendor, family, same_account)
),

shadowed as (
    select
        *,
        is_foreign
        and bool_or(not is_foreign) over (partition by month, company, vendor, day) as is_shadowed
    from told_once
)

select
    month,
    day,
    company,
    vendor,
    family,
    same_account,
    kind,
    not is_shadowed as counts_activity,
    not is_shadowed and cost_rank is not null and row_number() over (
        partition by month, company, vendor, family, same_account, day, is_shadowed
        order by cost_rank nulls last, names_actors desc, last_load_id desc, kind
    ) = 1 as counts_cost,
    not is_shadowed and tokens_rank is not null and row_number() over (
        partition by month, company, vendor, family, same_account, day, is_shadowed
        order by tokens_rank nulls last, names_actors desc, last_load_id desc, kind
    ) = 1 as counts_tokens,
    not is_shadowed and has_requests and row_number() over (
        partition by month, company, vendor, family, same_account, day, is_shadowed
        order by has_requests desc, names_actors desc, last_load_id desc, kind
    ) = 1 as counts_requests,
    not is_shadowed and has_messages and row_number() over (
        partition by month, company, vendor, family, same_account, day, is_shadowed
        order by has_messages desc, names_actors desc, last_load_id desc, kind
    ) = 1 as counts_messages
from shadowed
