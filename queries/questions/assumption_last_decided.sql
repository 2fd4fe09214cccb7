-- title: Which assumption was decided last?
-- grain: one row, none where no assumption was decided here
-- people: []
-- hides: []
-- meaning: The newest assumption that was decided here and holds by the end of the window, with who decided it, when and why. Its values are NULL where it was taken back.
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
    decided_at
from assumption_decided_last($companies::varchar[], $to_month)
