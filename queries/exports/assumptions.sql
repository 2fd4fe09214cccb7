-- title: Assumptions
-- table: assumptions
-- grain: one row per assumption, workflow and role
-- how: >
--   Write one row per thing that is believed and not measured, with the lowest, the likeliest and the highest value and where they come from.
-- source: our own template
-- company: company
-- signature: [assumption, low, mode, high, unit]
-- columns:
--   effective_date: day
--   company: text
--   assumption: text
--   workflow: text
--   role: text
--   low: number
--   mode: number
--   high: number
--   unit: text
--   source: text
--   author: text
--   evidence_grade: text
-- template:
--   effective_date: from when it holds, YYYY-MM-DD
--   assumption: what is believed, such as minutes_saved_per_active_day or value_per_accepted_usd; under value_basis, a 1, the unit says what the value of a workflow is counted by (time, outcome or measured)
--   workflow: empty for all
--   role: empty for all
--   low: the lowest value still believed
--   mode: the likeliest value
--   high: the highest value still believed
--   unit: of the three values
--   source: study, measurement or judgement
--   author: the office that stands for it
--   evidence_grade: A (experiment) to D (judgement)
select
    line,
    effective_date,
    lower(assumption) as assumption,
    workflow,
    role,
    low,
    mode,
    high,
    unit,
    source,
    author,
    upper(evidence_grade) as evidence_grade
from source
