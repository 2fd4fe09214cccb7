-- title: Which seats are used?
-- grain: one row per vendor with seats in the last month of the window
-- people: []
-- hides: []
-- scope: whole companies
-- meaning: Seats paid for in the last month of the window, and people who used the vendor in it; of whole companies. Fewer than 5 people are not counted. Where no use of the vendor names people, nothing is said of it.
-- parameters: [companies, to_month]
with paid as (
    select vendor, sum(seats.seats)::double as seats
    from seats
    where month = $to_month
        and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
    group by vendor
),

cost as (
    select
        vendor,
        case when count(cost_usd) = count(*) then sum(cost_usd) end::double as seat_cost_usd
    from seats_in_usd
    where month = $to_month
        and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
    group by vendor
),

used as (
    select dictionary.vendor, count(distinct (people.company, people.person)) as people
    from people_of_companies($companies::varchar[]) as people
    join dictionary on list_contains(people.uses, dictionary.id)
    where people.month = $to_month
        -- People of a company that pays no seats of the vendor are no users of its seats.
        and exists (
            select 1
            from seats
            where seats.month = people.month
                and seats.company = people.company
                and seats.vendor = dictionary.vendor
        )
    group by dictionary.vendor
)

select
    vendor,
    seats,
    seat_cost_usd,
    case when people >= 5 then people end as active_people,
    coalesce(people between 1 and 4, false) as is_few,
    seat_use(case when people >= 5 then people end, seats)::double as seat_use,
    idle_seat_cost_usd(
        seat_cost_usd, seat_use(case when people >= 5 then people end, seats)
    )::double as idle_seat_cost_usd
from paid
left join cost using (vendor)
left join used using (vendor)
order by seats desc, vendor
