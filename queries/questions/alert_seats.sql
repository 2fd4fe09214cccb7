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

vendor_uses as (
    select vendor, list(id) as ids
    from dictionary
    where vendor in (select vendor from paid)
    group by vendor
),

-- A person has one row a month, so that nobody need be told apart again.
counted as (
    select people.company, vendor_uses.vendor, people.month, count(*) as people
    from people_of_companies($companies::varchar[]) as people
    join vendor_uses on list_has_any(people.uses, vendor_uses.ids)
    where (people.company, people.month) in (select (company, month) from paid)
    group by people.company, vendor_uses.vendor, people.month
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
