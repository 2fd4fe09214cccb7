-- title: Which companies are here?
-- grain: one row per company
-- people: []
-- hides: []
-- meaning: The companies with their sector, origin and size as stated.
select company, sector, origin, employees
from companies
order by company
