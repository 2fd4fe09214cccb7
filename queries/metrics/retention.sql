-- label: Retention
-- unit: share
-- format: share
-- formula: people active in this month and the one before ÷ people active in the month before
-- null_rule: NULL where the month before has no use, or where the split would speak of fewer than 5 people
-- caveat: Who left the company counts as lost. A month that a source is missing in makes retention low in it and high after it.
-- judged_by: [allocation]
create or replace macro retention(retained, active_before) as retained / nullif(active_before, 0)
