-- title: How have the headline figures moved?
-- grain: one row per month of the trend
-- people: []
-- hides: [active_people, active_share, cost_per_active_person_usd]
-- meaning: The headline figures month by month, for the lines beside them.
-- parameters: [basis, companies, departments, is_people, models, pooled, roles, to_month, trend_from, vendors, workloads]
with figures as (
    select
        *,
        case
            when exists (from people)
                then exact_owner_share(owned_tokens, tokens, owned_gross_cost_usd, gross_cost_usd)
        end as exact_share
    from month_figures(
        $trend_from, $to_month, $is_people, $companies::varchar[], $departments::varchar[],
        $roles::varchar[], $vendors::varchar[], $models::varchar[], $workloads::varchar[], $pooled::varchar[], $basis
    )
)

select
    month,
    full_cost_usd(billed_cost_usd, estimated_cost_usd, seat_cost_usd)::decimal(18, 6) as full_cost_usd,
    active_people::double as active_people,
    active_share(active_people, employees)::double as active_share,
    tokens::double as tokens,
    tokens_per_employee(tokens, employees_with_tokens)::double as tokens_per_employee,
    cost_per_active_person_usd(
        full_cost_usd(billed_cost_usd, estimated_cost_usd, seat_cost_usd), active_people
    )::double as cost_per_active_person_usd,
    case when is_owned_part_shown then exact_share end::double as known_owner_share,
    case
        when not is_owned_part_shown
            then owner_share_at_least(
                exact_share, unlisted_tokens, tokens, unlisted_gross_cost_usd, gross_cost_usd
            )
    end::double as known_owner_share_at_least,
    active_people::bigint as fewest_active_people,
    active_people::bigint as most_active_people
from figures
order by month
