-- title: Which inputs are missing?
-- grain: one row per company × input (seats, headcount, roster)
-- people: []
-- hides: []
-- meaning: Companies with use in the window for which no seats, no employees or no roster are known, and in how many of its months.
-- parameters: [companies, from_month, to_month]
with used as (
    select distinct month, company
    from cube_month
    where month between $from_month and $to_month
        and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
)

select company, 'seats' as input, count(*) as months_missing
from used
where not exists (
    select 1 from seats where seats.month = used.month and seats.company = used.company
)
group by company
union all
select company, 'headcount' as input, count(*) as months_missing
from used
where not exists (
    select 1 from heads where heads.month = used.month and heads.company = used.company
)
group by company
union all
select company, 'roster' as input, count(*) as months_missing
from used
where company not in (select company from people)
group by company
order by company, input
