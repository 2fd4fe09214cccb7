-- title: Role families
-- grain: one row per company × department × role × job title
-- served_as: table
-- meaning: Which family the rules give everyone with this department, role and job title, 'unassigned' where none fires. Employees are those of the newest roster, of the newest headcount where a company has no roster, and NULL for what stands in older ones only.
with newest_rosters as (
    select company, max(effective_date) as effective_date
    from people
    group by company
),

newest_headcounts as (
    select company, max(month) as month
    from headcount
    where company not in (select company from people)
    group by company
),

titles as (
    select
        row_number() over () as id,
        *
    from (
        select
            people.company,
            people.department,
            people.role,
            people.job_title,
            nullif(count(distinct people.person) filter (
                where people.effective_date = newest_rosters.effective_date
                    and coalesce(people.termination_date, date '9999-12-31') > people.effective_date
                    and coalesce(lower(people.employment_type), '') <> 'service'
            ), 0)::decimal(18, 6) as employees
        from people
        join newest_rosters using (company)
        group by all
        union all
        select
            headcount.company,
            headcount.department,
            headcount.role,
            null as job_title,
            sum(headcount.employees) filter (where headcount.month = newest_headcounts.month)
                ::decimal(18, 6) as employees
        from headcount
        join newest_headcounts using (company)
        group by all
    )
),

caught as (
    select
        id,
        min(ranked_rule(rules.priority, rules.field, rules.pattern, rules.result)) as first_rule
    from (
        select id, company, field, value
        from titles unpivot (value for field in (role, job_title, department))
    ) as held
    join rules
        on rules.subject = 'role_family'
        and rules.company = held.company
        and rules.field = held.field
        and matches_rule(held.value, rules.pattern)
    group by id
)

select
    titles.company,
    titles.department,
    titles.role,
    titles.job_title,
    titles.employees,
    coalesce(caught.first_rule.result, 'unassigned') as role_family,
    rule_text(caught.first_rule.field, caught.first_rule.pattern) as rule
from titles
left join caught using (id)
