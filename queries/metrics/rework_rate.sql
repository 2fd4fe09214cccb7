-- label: Rework rate
-- unit: share
-- format: share
-- formula: work done again ÷ work completed
-- null_rule: NULL where rework was not counted
-- caveat: What is done again later than its month counts in that later month.
create or replace macro rework_rate(reworked, completed) as reworked / nullif(completed, 0)
