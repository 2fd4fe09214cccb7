-- title: What did the use of whole companies cost, and on how many days did people use it?
-- grain: one row per month of the trend × company with use or seats
-- people: []
-- hides: []
-- scope: whole companies
-- meaning: The cost of each month, its estimated part apart, with the days on which people used AI, each person's summed. Days are known of people whose use some source dates; they are told where those, and the others, are 5 or more or none.
-- parameters: [basis, companies, to_month, trend_from]
with dated as (
    select
        month,
        company,
        sum(people)::bigint as people,
        sum(people_with_days)::bigint as people_with_days,
        sum(person_days)::bigint as person_days
    from people_by_group
    group by month, company
),

told as (
    select *
    from dated
    where people_with_days >= 5 and people - people_with_days not between 1 and 4
)

select
    figures.month,
    figures.company,
    full_cost_usd(billed_cost_usd, estimated_cost_usd, seat_cost_usd)::decimal(18, 6) as full_cost_usd,
    billed_cost_usd::decimal(18, 6) as billed_cost_usd,
    estimated_cost_usd::decimal(18, 6) as estimated_cost_usd,
    seat_cost_usd::decimal(18, 6) as seat_cost_usd,
    is_seats_known,
    tokens::double as tokens,
    active_people::double as active_people,
    told.people_with_days,
    told.person_days,
    cost_per_active_day_usd(
        full_cost_usd(billed_cost_usd, estimated_cost_usd, seat_cost_usd), told.person_days
    )::double as cost_per_active_day_usd
from company_figures(
    $trend_from, $to_month, false, null::varchar[], null::varchar[], null::varchar[], $basis
) as figures
left join told using (month, company)
where ($companies::varchar[] is null or list_contains($companies::varchar[], figures.company))
    and coalesce(full_cost_usd, tokens, active_people) is not null
order by figures.company, figures.month
