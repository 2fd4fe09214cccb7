-- title: Periods that end before they start
-- grain: one row per offending line
-- severity: line
-- tables: [usage]
-- found: a period whose end is before its start
-- next_step: Swap the two dates, or say with --dates in which order day and month stand
-- meaning: Such a row would cover no day at all.
select line
from mapped
where period_end < period_start
