-- title: People cells
-- grain: one row per company × month × department × role × set of uses
-- meaning: How many people stand in each cell; what the pooling is decided from.
-- asked_by: marts
select company, month, department, role, uses, count(*) as n_people
from person_month
group by all
