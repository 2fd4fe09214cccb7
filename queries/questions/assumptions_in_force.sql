-- title: What does the answer rest on that nobody has measured?
-- grain: one row per company (empty is all of them) × assumption × workflow × role
-- people: []
-- hides: []
-- meaning: What is believed by the end of the window of time saved, of what an hour costs and of what becomes of saved time, as a range with who believes it, why and since when. Cut-offs of maturity are told elsewhere.
-- parameters: [companies, to_month]
select
    company,
    assumption,
    workflow,
    role,
    low::double as low,
    mode::double as mode,
    high::double as high,
    unit,
    source,
    author,
    effective_date,
    evidence_grade,
    decided_at
from assumptions_held($companies::varchar[], $to_month)
where not starts_with(assumption, 'maturity.')
order by company nulls first, assumption, workflow nulls first, role nulls first
