-- title: How far can the figures be trusted?
-- grain: one row
-- people: []
-- hides: []
-- meaning: >
--   What confidence in a figure follows from: whether its sources reach the last day of the period,
--   how many of its days are loaded, how much of the company's use has a known owner, and how much of
--   the cost is estimated. The period ends on the newest day loaded where that comes first. The share
--   with an owner is always that of the companies as a whole, under the rule of the headline, so that
--   no filter can tell what a few people used.
-- parameters: [basis, companies, departments, from_month, is_people, models, pooled, roles, to_month, vendors, workloads]
with sources as (
    select company, kind, account, min(day) as first_day, max(day) as last_day
    from covered_days
    join kinds using (kind)
    where ($companies::varchar[] is null or list_contains($companies::varchar[], company))
        and (
            $vendors::varchar[] is null
            or kinds.vendor is null
            or list_contains($vendors::varchar[], kinds.vendor)
        )
    group by all
),

period as (
    select
        strptime($from_month, '%Y-%m')::date as starts,
        least(last_day(strptime($to_month, '%Y-%m')::date), max(sources.last_day)) as ends
    from sources
),

expected as (
    select
        company,
        kind,
        account,
        datediff('day', greatest(first_day, starts), ends) + 1 as days_expected,
        greatest(datediff('day', last_day, ends), 0) as days_behind
    from sources
    cross join period
    where first_day <= ends and last_day >= starts - interval 3 month
),

covered as (
    select company, kind, account, count(*) as days_covered
    from covered_days
    cross join period
    where day between starts and ends
    group by all
),

loaded as (
    select
        count(*) as sources,
        count(*) filter (where days_behind > 0) as sources_behind,
        max(days_behind) as days_behind,
        covered_share(sum(coalesce(days_covered, 0)), sum(days_expected)) as covered_share
    from expected
    left join covered using (company, kind, account)
),

usage_cost as (
    select sum(billed_cost_usd) as billed_cost_usd, sum(estimated_cost_usd) as estimated_cost_usd
    from cube_selected(
        $is_people, $companies::varchar[], $departments::varchar[], $roles::varchar[],
        $vendors::varchar[], $models::varchar[], $workloads::varchar[], $pooled::varchar[]
    )
    where month between $from_month and $to_month
),

seat_cost as (
    select sum(cost_usd) as seat_cost_usd
    from seats_selected(
        $is_people, $companies::varchar[], $vendors::varchar[], $models::varchar[], $workloads::varchar[]
    )
    where month between $from_month and $to_month
),

cost as (
    select
        estimated_share(
            estimated_cost_usd,
            full_cost_usd(billed_cost_usd, estimated_cost_usd, seat_cost_usd)
        ) as estimated_share
    from usage_cost
    cross join seat_cost
),

owned_by_month as (
    select
        sum(tokens_in($basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens))
            as tokens,
        owned_sum(
            is_owner_known,
            tokens_in($basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens)
        ) as owned_tokens,
        sum(tokens_in($basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens))
            filter (where owner = 'person' and not is_owner_known) as unlisted_tokens,
        sum(gross_cost_usd) as gross_cost_usd,
        owned_sum(is_owner_known, gross_cost_usd) as owned_gross_cost_usd,
        sum(gross_cost_usd)
            filter (where owner = 'person' and not is_owner_known) as unlisted_gross_cost_usd,
        owned_part_is_shown(
            owner,
            is_owner_known,
            raw_tokens(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens) > 0
            or gross_cost_usd <> 0,
            department_label = '(no department)'
        ) as is_owned_part_shown
    from cube_selected(
        false, $companies::varchar[], null::varchar[], null::varchar[], null::varchar[],
        null::varchar[], null::varchar[], []::varchar[]
    )
    where month between $from_month and $to_month
    group by month
),

owned as (
    select
        bool_and(is_owned_part_shown) as is_owned_part_shown,
        sum(tokens) as tokens,
        sum(unlisted_tokens) as unlisted_tokens,
        sum(gross_cost_usd) as gross_cost_usd,
        sum(unlisted_gross_cost_usd) as unlisted_gross_cost_usd,
        case
            when exists (from people)
                then exact_owner_share(
                    sum(owned_tokens), sum(tokens), sum(owned_gross_cost_usd), sum(gross_cost_usd)
                )
        end as exact_share
    from owned_by_month
)

select
    sources,
    sources_behind,
    days_behind,
    covered_share::double as covered_share,
    case when is_owned_part_shown then exact_share end::double as known_owner_share,
    case
        when not is_owned_part_shown
            then owner_share_at_least(
                exact_share, unlisted_tokens, tokens, unlisted_gross_cost_usd, gross_cost_usd
            )
    end::double as known_owner_share_at_least,
    estimated_share::double as estimated_share
from loaded
cross join cost
cross join owned
where sources > 0
