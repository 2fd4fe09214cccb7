-- title: How did AI come to each company?
-- grain: one row per company
-- people: []
-- hides: []
-- meaning: Whether a company was built on AI (AI-native) or took it up (enterprise), as stated; unknown where nobody said.
-- parameters: [companies]
select company, origin
from company_traits
where $companies::varchar[] is null or list_contains($companies::varchar[], company)
order by company
