-- title: Where do we stand?
-- grain: one row per period, 'this' and, where the two can be compared, 'previous'
-- people: []
-- hides: [active_people, active_share, cost_per_active_person_usd]
-- meaning: The five headline figures of the window and the parts they are made of.
-- parameters: [basis, companies, departments, from_month, is_people, models, pooled, previous_from, previous_to, roles, to_month, vendors, workloads]
with figures as (
    select
        case
            when month between $from_month and $to_month then 'this'
            when month between $previous_from and $previous_to then 'previous'
        end as period,
        *
    from month_figures(
        least($from_month, coalesce($previous_from, $from_month)), $to_month, $is_people,
        $companies::varchar[], $departments::varchar[], $roles::varchar[], $vendors::varchar[],
        $models::varchar[], $workloads::varchar[], $pooled::varchar[], $basis
    )
),

summed as (
    select
        period,
        count(*) as months,
        sum(billed_cost_usd) as billed_cost_usd,
        sum(estimated_cost_usd) as estimated_cost_usd,
        sum(seat_cost_usd) as seat_cost_usd,
        sum(purchase_cost_usd) as purchase_cost_usd,
        sum(list_cost_usd) as list_cost_usd,
        sum(gross_cost_usd) as gross_cost_usd,
        sum(unattributed_cost_usd) as unattributed_cost_usd,
        bool_and(is_seats_known) as is_seats_known,
        sum(tokens) as tokens,
        sum(unlisted_tokens) as unlisted_tokens,
        sum(unlisted_gross_cost_usd) as unlisted_gross_cost_usd,
        bool_and(is_owned_part_shown) as is_owned_part_shown,
        sum(rows_without_cost)::bigint as rows_without_cost,
        sum(active_people)::bigint as person_months,
        min(active_people)::bigint as fewest_active_people,
        max(active_people)::bigint as most_active_people,
        case when count(employees) = count(*) then sum(employees) end as employee_months,
        case when count(employees) = count(*) then sum(employees_with_tokens) end
            as employee_months_with_tokens,
        bool_or(is_counted_from_roster) as is_counted_from_roster,
        case
            when exists (from people)
                then exact_owner_share(
                    sum(owned_tokens), sum(tokens), sum(owned_gross_cost_usd), sum(gross_cost_usd)
                )
        end as exact_share
    from figures
    where period is not null
    group by period
)

select
    period,
    months,
    full_cost_usd(billed_cost_usd, estimated_cost_usd, seat_cost_usd)::decimal(18, 6) as full_cost_usd,
    billed_cost_usd::decimal(18, 6) as billed_cost_usd,
    estimated_cost_usd::decimal(18, 6) as estimated_cost_usd,
    seat_cost_usd::decimal(18, 6) as seat_cost_usd,
    purchase_cost_usd::decimal(18, 6) as purchase_cost_usd,
    list_cost_usd::decimal(18, 6) as list_cost_usd,
    gross_cost_usd::decimal(18, 6) as gross_cost_usd,
    unattributed_cost_usd::decimal(18, 6) as unattributed_cost_usd,
    is_seats_known,
    active_people(person_months, months)::double as active_people,
    active_share(person_months, employee_months)::double as active_share,
    (employee_months / months)::double as employees,
    (employee_months_with_tokens / months)::double as employees_with_tokens,
    is_counted_from_roster,
    tokens::double as tokens,
    tokens_per_employee(tokens, employee_months_with_tokens)::double as tokens_per_employee,
    cost_per_active_person_usd(
        full_cost_usd(billed_cost_usd, estimated_cost_usd, seat_cost_usd), person_months
    )::double as cost_per_active_person_usd,
    case when is_owned_part_shown then exact_share end::double as known_owner_share,
    case
        when not is_owned_part_shown
            then owner_share_at_least(
                exact_share, unlisted_tokens, tokens, unlisted_gross_cost_usd, gross_cost_usd
            )
    end::double as known_owner_share_at_least,
    rows_without_cost,
    person_months,
    fewest_active_people,
    most_active_people
from summed
order by period desc
