-- title: Lines without a day
-- grain: one row per offending line
-- severity: line
-- tables: [usage, outcomes, events]
-- found: no date
-- next_step: Give the line its date, or delete it
-- meaning: Use that belongs to no day cannot be shown in any month.
select line
from mapped
where day is null
