-- title: Employees by month
-- grain: one row per month × company × department × role
-- served_as: table
-- meaning: Employees from the headcount file where the company has one for the month, else counted from the roster in force on the month's last day.
with months as (
    select distinct month, company, last_day(strptime(month, '%Y-%m')::date) as last_day
    from (
        select month, company from cube_month
        union
        select month, company from headcount
    )
),

counted_from_roster as (
    select
        months.month,
        months.company,
        people.department,
        people.role,
        count(distinct people.person)::decimal(18, 6) as heads
    from months
    join (
        select
            people.*,
            min(effective_date) over (partition by company) as first_date,
            snapshots.next_date
        from people
        join (
            select
                company,
                effective_date,
                lead(effective_date) over (partition by company order by effective_date) as next_date
            from (select distinct company, effective_date from people)
        ) as snapshots using (company, effective_date)
    ) as people
        on people.company = months.company
        and months.last_day < coalesce(people.next_date, date '9999-12-31')
        and months.last_day >= case
            when people.effective_date = people.first_date
                then coalesce(people.hire_date, date '1900-01-01')
            else people.effective_date
        end
        and coalesce(people.hire_date, date '1900-01-01') <= months.last_day
        and coalesce(people.termination_date, date '9999-12-31') > months.last_day
        and coalesce(lower(people.employment_type), '') <> 'service'
    where not exists (
        select 1
        from headcount
        where headcount.month = months.month and headcount.company = months.company
    )
    group by all
)

select month, company, department, role, sum(employees)::decimal(18, 6) as heads, 'headcount' as heads_source
from headcount
group by all
union all
select month, company, department, role, heads, 'roster' as heads_source
from counted_from_roster
