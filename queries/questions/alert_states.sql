-- title: What was decided on alerts?
-- grain: one row per company × alert that anybody decided on
-- people: []
-- hides: []
-- meaning: The newest decision on each alert, with the month it was said of, who said it and when.
-- parameters: [companies]
select company, alert, month, state, owner, note, author, decided_at
from alert_states
where $companies::varchar[] is null or list_contains($companies::varchar[], company)
qualify row_number() over (partition by company, alert order by decided_at desc) = 1
order by company, alert
