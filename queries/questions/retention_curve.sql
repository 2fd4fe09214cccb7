-- title: How many are still there months later?
-- grain: one row per number of months since a person's first use
-- people: []
-- hides: []
-- scope: whole companies
-- meaning: Of the people whose first month of use is known, the share who were active so many months later, over everyone seen for so long; of whole companies. Who was there in the first month that is loaded is left out, since their first use may be older. Shares that would speak of 1 to 4 people are not told.
-- parameters: [companies, to_month]
with active as (
    select distinct month, company, person, datediff('month', date '2000-01-01', month_start(month)) as number
    from people_of_companies($companies::varchar[])
    where month <= $to_month
),

cohorts as (
    select active.company, active.person, min(active.number) as first_number
    from active
    join (select company, min(number) as oldest from active group by company) as held using (company)
    group by active.company, active.person, held.oldest
    having first_number > held.oldest
),

ages as (
    select
        age,
        count(*) as people,
        count(active.person) as still_active
    from cohorts
    cross join range(0, 13) as ages(age)
    left join active
        on active.company = cohorts.company
        and active.person = cohorts.person
        and active.number = cohorts.first_number + age
    where cohorts.first_number + age <= (select max(number) from active)
    group by age
)

select
    age as months_later,
    people,
    case
        when not still_active between 1 and 4 and not people - still_active between 1 and 4
            then retention(still_active, people)
    end::double as retention
from ages
where people >= 5
order by months_later
