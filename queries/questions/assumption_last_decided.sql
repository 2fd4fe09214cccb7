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
from assumptions
where decided_at is not null
    and not starts_with(assumption, 'maturity.')
    and coalesce(effective_date, date '1900-01-01') <= month_end($to_month)
    and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
order by decided_at desc
limit 1
