-- title: Do fewer people use AI than in the months before?
-- grain: one row per company × whole month of the trend with known employees
-- people: []
-- hides: []
-- meaning: The active people of a company and their share of its employees, beside those of the three months before (the share as a ratio of sums). A month that lacks the file of a source is left out.
-- parameters: [companies, to_month, trend_from]
with active as (
    select company, month, sum(people)::bigint as active_people
    from people_selected(
        $companies::varchar[], null::varchar[], null::varchar[], null::varchar[], null::varchar[],
        null::varchar[], []::varchar[]
    )
    group by company, month
),

employed as (
    select company, month, sum(heads) as employees
    from heads
    group by company, month
),

known as (
    select *
    from active
    join employed using (company, month)
    join whole_months using (company, month)
    where employees > 0
        and not lacks_a_source
        and month between $trend_from and $to_month
)

select
    company,
    month,
    active_people::bigint as active_people,
    employees::double as employees,
    active_share(active_people, employees)::double as active_share,
    count(*) over before as months_before,
    (avg(active_people) over before)::double as usual_active_people,
    active_share(sum(active_people) over before, sum(employees) over before)::double
        as usual_active_share
from known
window before as (
    partition by company
    order by month_start(month) range between interval 3 month preceding and interval 1 month preceding
)
order by company, month
