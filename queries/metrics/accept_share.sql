-- label: Accepted after review
-- unit: share
-- format: share
-- formula: work reviewed and accepted ÷ work completed
-- null_rule: NULL where accepted or completed work was not counted
-- caveat: What nobody reviewed cannot pass, so accepted work counts up to the number reviewed.
create or replace macro accept_share(accepted, reviewed, completed) as
    least(accepted, coalesce(reviewed, accepted)) / nullif(completed, 0)
