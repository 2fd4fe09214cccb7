-- title: People by month
-- grain: one row per month × company × person
-- meaning: Fills the table user_month for the given months, with the labels under which people may be counted.
-- asked_by: marts
with shown_groups as (
    select distinct month, company, department, role, shown_department, shown_role
    from shown_cells
)

select
    person_month.*,
    coalesce(companies.sector, 'other') as sector,
    coalesce(shown_groups.shown_department, '(small groups)') as shown_department,
    coalesce(shown_groups.shown_role, '(small groups)') as shown_role
from person_month
left join companies using (company)
left join shown_groups
    on shown_groups.month = person_month.month
    and shown_groups.company = person_month.company
    and shown_groups.department is not distinct from person_month.department
    and shown_groups.role is not distinct from person_month.role
order by month, company, department, role, person
