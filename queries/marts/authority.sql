-- title: Authority
-- grain: one row per day × company × vendor × account × kind
-- meaning: Which kind counts for tokens, for cost, for requests and for messages on that day, and why. Cost is a bill, else the vendor's estimate, else the list price; tokens are a usage file, else a bill with tokens, else a report that holds only some of them. Of two that are alike the one that names who used it counts, then the later load; that alone decides for requests and messages. What a daily export of the account tells is not taken from a row that stands for the month. Sources that share no account with the vendor's own (a gateway, spans, FOCUS) count, for each of the four, only on days where none of the vendor's own holds it for that company, and of several of them one, with all its accounts. For tokens and for cost a user can choose another source, of one account or of the whole vendor; it counts on the days it holds them, and the rest goes by the rule.
-- asked_by: marts
-- parameters: [months]
with by_kind as (
    select
        usage.month,
        usage.day,
        usage.company,
        usage.vendor,
        kinds.family,
        account_names.same_account,
        usage.kind,
        kinds.is_foreign,
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
    where list_contains($months, usage.month)
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

chosen as (
    select
        company,
        pattern,
        any_value(result) filter (where field = 'tokens') as tokens_kind,
        any_value(result) filter (where field = 'cost') as cost_kind
    from rules
    where subject = 'authority' and result <> 'usual'
    group by company, pattern
),

-- What was chosen for one account goes before what was chosen for the whole vendor. A foreign source
-- knows none of the vendor's accounts, so it can be chosen for the vendor alone.
with_choice as (
    select
        told_once.*,
        -- Of the sources that have the same rivals, which tell of the same use, one counts.
        case when is_foreign then 'foreign' else family || '/' || same_account end as rivals,
        tokens_rank is not null
        and kind is not distinct from coalesce(
            case when not is_foreign then of_account.tokens_kind end, of_vendor.tokens_kind
        ) as is_chosen_for_tokens,
        cost_rank is not null
        and kind is not distinct from coalesce(
            case when not is_foreign then of_account.cost_kind end, of_vendor.cost_kind
        ) as is_chosen_for_cost
    from told_once
    left join chosen as of_account
        on of_account.company = told_once.company
        and of_account.pattern = told_once.vendor || '/' || told_once.same_account
    left join chosen as of_vendor
        on of_vendor.company = told_once.company
        and of_vendor.pattern = told_once.vendor || '/*'
),

shadowed as (
    select
        *,
        case
            when bool_or(is_foreign and is_chosen_for_tokens) over of_day then not is_foreign
            else is_foreign and bool_or(not is_foreign and tokens_rank is not null) over of_day
        end as is_shadowed_for_tokens,
        case
            when bool_or(is_foreign and is_chosen_for_cost) over of_day then not is_foreign
            else is_foreign and bool_or(not is_foreign and cost_rank is not null) over of_day
        end as is_shadowed_for_cost,
        is_foreign and bool_or(not is_foreign and has_requests) over of_day
            as is_shadowed_for_requests,
        is_foreign and bool_or(not is_foreign and has_messages) over of_day
            as is_shadowed_for_messages
    from with_choice
    window of_day as (partition by month, company, vendor, day)
),

with_winners as (
    select
        *,
        first_value({
            'kind': kind,
            'is_chosen': is_chosen_for_tokens,
            'rank': tokens_rank,
            'names_actors': names_actors
        }) over (
            partition by month, company, vendor, rivals, day
            order by
                is_chosen_for_tokens desc, tokens_rank nulls last, names_actors desc,
                last_load_id desc, kind
        ) as tokens_winner,
        first_value({
            'kind': kind,
            'is_chosen': is_chosen_for_cost,
            'rank': cost_rank,
            'names_actors': names_actors
        }) over (
            partition by month, company, vendor, rivals, day
            order by
                is_chosen_for_cost desc, cost_rank nulls last, names_actors desc,
                last_load_id desc, kind
        ) as cost_winner,
        first_value(kind) over (
            partition by month, company, vendor, rivals, day
            order by has_requests desc, names_actors desc, last_load_id desc, kind
        ) as requests_winner,
        first_value(kind) over (
            partition by month, company, vendor, rivals, day
            order by has_messages desc, names_actors desc, last_load_id desc, kind
        ) as messages_winner
    from shadowed
)

select
    month,
    day,
    company,
    vendor,
    family,
    same_account,
    kind,
    tokens_rank is not null and not is_shadowed_for_tokens and kind = tokens_winner.kind
        as counts_tokens,
    cost_rank is not null and not is_shadowed_for_cost and kind = cost_winner.kind as counts_cost,
    has_requests and not is_shadowed_for_requests and kind = requests_winner as counts_requests,
    has_messages and not is_shadowed_for_messages and kind = messages_winner as counts_messages,
    not is_foreign or counts_tokens or counts_cost or counts_requests or counts_messages
        as counts_activity,
    why_it_counts(
        tokens_rank,
        ['usage_file', 'bill', 'partial_report'],
        is_shadowed_for_tokens,
        is_foreign,
        is_chosen_for_tokens,
        names_actors,
        kind,
        tokens_winner
    ) as tokens_reason,
    why_it_counts(
        cost_rank,
        ['bill', 'vendor_estimate', 'list_price', 'partial_estimate'],
        is_shadowed_for_cost,
        is_foreign,
        is_chosen_for_cost,
        names_actors,
        kind,
        cost_winner
    ) as cost_reason
from with_winners
