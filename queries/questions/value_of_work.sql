-- title: What is a piece of accepted work worth?
-- grain: one row per company × workflow × role
-- people: []
-- hides: []
-- meaning: The assumption value_per_accepted_usd that is in force at the end of the window, with who believes it. Without it there is no economic band.
-- parameters: [companies, to_month]
select company, workflow, role, low, mode, high, source, author, effective_date
from assumptions_held($companies::varchar[], $to_month)
where assumption = 'value_per_accepted_usd'
order by all
