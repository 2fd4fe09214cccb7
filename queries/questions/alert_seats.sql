-- title: Which seats are paid for and not used?
-- grain: one row per company × vendor with seats × whole month of the trend
-- people: []
-- hides: []
-- scope: whole companies
-- meaning: Seats paid for and people who used the vendor in the month. Fewer than 5 people are not counted. Where no use of the vendor names people, or a month lacks the file of a source, nothing is said.
-- parameters: [companies, to_month, trend_from]
with paid as (
    select company, vendor, month, sum(seats.seats)::double as seats
    from seats
    join whole_months using (company, month)
    where month between $trend_from and $to_month
        and not lacks_a_source
        and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
    group by all
),

used as (
    select company, month, unnest(uses) as id, person
    from people_of_companies($companies::varchar[])
    where month between $trend_from and $to_month
),

counted as (
    select company, vendor, month, count(distinct person) as people
    from used
    join dictionary using (id)
    group by all
)

select
    company,
    vendor,
    month,
    seats,
    case when people >= 5 then people end as active_people,
    people < 5 as is_few,
    seat_use(case when people >= 5 then people end, seats)::double as seat_use
from paid
join counted using (company, vendor, month)
order by company, vendor, month
