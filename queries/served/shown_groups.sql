-- title: Shown groups
-- grain: one row per month × company × department × role with use of people
-- served_as: table
-- meaning: Under which labels a department and role may be shown in a month.
select distinct month, company, department, role, shown_department, shown_role
from cube_month
where owner = 'person'
