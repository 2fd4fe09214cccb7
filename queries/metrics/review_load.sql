-- label: Review load
-- unit: pieces of work per reviewer and workday
-- format: count
-- formula: work that needs review ÷ reviewers × workdays
-- null_rule: NULL where reviewers were not counted; hidden where fewer than 5 people review
-- caveat: Mondays to Fridays count as workdays, public holidays too.
create or replace macro review_load(needs_review, reviewer_days) as needs_review / nullif(reviewer_days, 0)
