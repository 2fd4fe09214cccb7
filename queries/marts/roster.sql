-- title: Roster with dates
-- grain: one row per company × roster snapshot × person
-- meaning: When a person's department and role hold. A roster holds from its effective date until the company's next one; the first also holds backwards, for the use that came before it.
-- asked_by: marts
with snapshots as (
    select
        company,
        effective_date,
        lead(effective_date) over (partition by company order by effective_date) as next_date,
        row_number() over (partition by company order by effective_date) = 1 as is_first
    from (select distinct company, effective_date from people)
)

select
    people.company,
    people.person,
    people.department,
    people.role,
    people.employment_type,
    people.status,
    people.fte,
    people.termination_date,
    case
        when snapshots.is_first then coalesce(people.hire_date, date '1900-01-01')
        else people.effective_date
    end as valid_from,
    coalesce(snapshots.next_date, date '9999-12-31') as valid_until,  -- exclusive
    snapshots.is_first as holds_backwards
from people
join snapshots using (company, effective_date)
-- Who is listed twice stands where most of their time is, else where they were listed first;
-- otherwise their use would count twice.
qualify row_number() over (
    partition by people.company, people.effective_date, people.person
    order by people.fte desc nulls last, people.load_id, people.first_line
) = 1
