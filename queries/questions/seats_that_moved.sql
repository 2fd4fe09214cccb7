-- title: Which seats does the change of the cost come from?
-- grain: one row per period ('this', 'previous') × company × vendor × plan × currency
-- people: []
-- hides: []
-- meaning: Seats times months of the two periods that are compared, and what one costs in US dollars, NULL where its currency has no rate. Seats belong to no people, models or kinds of work, so that a filter by those leaves nothing.
-- parameters: [companies, from_month, is_people, models, previous_from, previous_to, to_month, vendors, workloads]
select
    case when month >= $from_month then 'this' else 'previous' end as period,
    company,
    vendor,
    coalesce(plan, '') as plan,
    currency,
    sum(seats)::double as seats,
    case when count(cost_usd) = count(*) then sum(cost_usd) end::decimal(18, 6) as seat_cost_usd
from seats_in_usd
where not $is_people
    and $models::varchar[] is null
    and $workloads::varchar[] is null
    and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
    and ($vendors::varchar[] is null or list_contains($vendors::varchar[], vendor))
    and (month between $from_month and $to_month or month between $previous_from and $previous_to)
group by all
order by all
