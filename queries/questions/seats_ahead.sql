-- title: What will the seats of the month ahead cost?
-- grain: one row per company × vendor with seats in the newest month the company's are known of
-- people: []
-- hides: []
-- meaning: What they cost in that month, in US dollars by its rate; NULL where one is missing.
-- parameters: [companies, vendors]
select
    company,
    vendor,
    month,
    case when count(cost_usd) = count(*) then sum(cost_usd) end::double as seat_cost_usd
from seats_in_usd
where month = (
        select max(month) from seats_in_usd as others where others.company = seats_in_usd.company
    )
    and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
    and ($vendors::varchar[] is null or list_contains($vendors::varchar[], vendor))
group by company, vendor, month
order by company, vendor
