-- title: A generated roster
-- grain: one row per generated person
select
    'E' || i as employee_id,
    'person' || i || '@bench.example' as work_email,
    (['Engineering', 'Product', 'Support', 'Sales', 'Finance', 'Legal', 'Operations', 'People'])[1 + i % 8]
        as department,
    (['Software', 'Design', 'Service', 'Management'])[1 + i % 4] as job_family,
    '2024-01-01' as hire_date,
    '2024-11-01' as effective_date
from range($people) as numbers(i)
