-- label: Mean hours
-- unit: hours per case
-- format: count
-- formula: sum of hours ÷ cases
-- null_rule: NULL where no case was counted
-- caveat: A few very long cases raise it; the cases are those that ended in the month.
create or replace macro mean_hours(hours, cases) as hours / nullif(cases, 0)
