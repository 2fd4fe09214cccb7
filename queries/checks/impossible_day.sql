-- title: Days outside reason
-- grain: one row per offending line
-- severity: line
-- tables: [usage, outcomes]
-- found: a date before 2015 or after tomorrow
-- next_step: Correct the date; seconds read as milliseconds and two-digit years end up here
-- meaning: No vendor of today sold tokens before 2015, and an export cannot know the future.
-- parameters: [today]
select line
from mapped
where day < date '2015-01-01' or day > $today::date + 1
