-- title: A generated headcount
-- grain: one row per month and department
select
    strftime(month, '%Y-%m') as month,
    department,
    '' as role,
    6000 as employees
from generate_series(date '2024-11-01', date '2026-10-01', interval 1 month) as months(month)
cross join (
    select unnest(
        ['Engineering', 'Product', 'Support', 'Sales', 'Finance', 'Legal', 'Operations', 'People']
    ) as department
)
