-- label: Oversight coverage
-- unit: share
-- format: share
-- formula: work reviewed ÷ work that needs review
-- null_rule: NULL where nobody counted the reviews
-- caveat: It tells that someone looked, not how well. It is above 100 % where a backlog was worked off.
create or replace macro oversight_coverage(reviewed, needs_review) as reviewed / nullif(needs_review, 0)
