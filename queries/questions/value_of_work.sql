-- title: What is a piece of accepted work worth?
-- grain: one row per company × workflow × role
-- people: []
-- hides: []
-- meaning: The assumption value_per_accepted_usd that is in force at the end of the window, with who believes it. Without it there is no economic band.
-- parameters: [companies, to_month]
select company, workflow, role, low, mode, high, source, author, effective_date
from assumptions
where assumption = 'value_per_accepted_usd'
    and coalesce(effective_date, date '1900-01-01') <= month_end($to_month)
    and ($companies::varchar[] is null or company is null or list_contains($companies::varchar[], company))
qualify row_number() over (
    partition by company, workflow, role
    order by effective_date desc nulls last, load_id desc
) = 1
order by all
