-- title: How much of the cost has tokens, of the tokens a cost, and of both an owner?
-- grain: one row per month × company × vendor
-- people: []
-- hides: []
-- meaning: >
--   The sums of each vendor and month, and their parts with tokens, with a cost and with a known
--   owner, so that shares of any total are ratios of sums. What has an owner is told as in the
--   headline: where people in no roster do not stand for themselves it is NULL, and only a share in
--   steps is told.
-- parameters: [basis, companies, from_month, to_month]
with used as (
    select
        *,
        tokens_in($basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens) as tokens,
        case
            when coalesce(billed_cost_usd, estimated_cost_usd) is not null
                then coalesce(billed_cost_usd, 0) + coalesce(estimated_cost_usd, 0)
        end as cost_usd
    from cube_selected(
        false, $companies::varchar[], null::varchar[], null::varchar[], null::varchar[],
        null::varchar[], null::varchar[], []::varchar[]
    )
    where month between $from_month and $to_month
),

by_model as (
    select
        month,
        company,
        vendor,
        model,
        sum(tokens) as tokens,
        sum(cost_usd) as cost_usd,
        sum(rows_without_cost) as rows_without_cost
    from used
    group by all
),

seats_known as (
    select distinct month, company, vendor, true as has_seats
    from seats_in_usd
    where cost_usd is not null
),

matched as (
    select
        by_model.*,
        tokens is not null
        or (model = '' and bool_or(tokens is not null) over of_vendor) as is_with_tokens,
        cost_usd is not null
        or bool_or(model = '' and cost_usd is not null) over of_vendor
        or (has_seats is not null and rows_without_cost = 0) as is_with_cost
    from by_model
    left join seats_known using (month, company, vendor)
    window of_vendor as (partition by month, company, vendor)
),

by_vendor as (
    select
        month,
        company,
        vendor,
        sum(cost_usd) as cost_usd,
        sum(cost_usd) filter (where is_with_tokens) as cost_with_tokens_usd,
        sum(tokens) as tokens,
        sum(tokens) filter (where is_with_cost) as tokens_with_cost
    from matched
    group by all
),

owned as (
    select
        month,
        company,
        vendor,
        coalesce(sum(tokens) filter (where is_owner_known), 0) as owned_tokens,
        coalesce(sum(cost_usd) filter (where is_owner_known), 0) as owned_cost_usd,
        sum(tokens) filter (where owner = 'person' and not is_owner_known) as unlisted_tokens,
        sum(cost_usd) filter (where owner = 'person' and not is_owner_known) as unlisted_cost_usd,
        owned_part_is_shown(
            owner,
            is_owner_known,
            tokens > 0 or cost_usd <> 0 or gross_cost_usd <> 0,
            department_label = '(no department)' and shown_vendor = vendor
        ) as is_owned_part_shown
    from used
    group by all
)

select
    by_vendor.month,
    by_vendor.company,
    by_vendor.vendor,
    cost_usd::decimal(18, 6) as usage_cost_usd,
    cost_with_tokens_usd::decimal(18, 6) as cost_with_tokens_usd,
    cost_with_tokens_share(cost_with_tokens_usd, cost_usd)::double as cost_with_tokens_share,
    tokens::double as tokens,
    tokens_with_cost::double as tokens_with_cost,
    tokens_with_cost_share(tokens_with_cost, tokens)::double as tokens_with_cost_share,
    case
        when exists (from people) and is_owned_part_shown then known_owner_share(owned_tokens, tokens)
    end::double as owned_tokens_share,
    case
        when exists (from people) and not is_owned_part_shown
            then share_at_least(known_owner_share(owned_tokens, tokens), unlisted_tokens, tokens)
    end::double as owned_tokens_share_at_least,
    case
        when exists (from people) and is_owned_part_shown then known_owner_share(owned_cost_usd, cost_usd)
    end::double as owned_cost_share,
    case
        when exists (from people) and not is_owned_part_shown
            then share_at_least(known_owner_share(owned_cost_usd, cost_usd), unlisted_cost_usd, cost_usd)
    end::double as owned_cost_share_at_least
from by_vendor
join owned using (month, company, vendor)
where coalesce(cost_usd, tokens) is not null
order by month, company, vendor
