-- label: Use with a known owner
-- unit: share
-- format: share
-- formula: price-weighted tokens of people and named services that have a department ÷ all tokens; by cost before discount where no source reports tokens
-- null_rule: NULL where no roster is loaded or nothing was used
-- caveat: A person who is in no roster is not a known owner. Where those are so few that the exact share would tell what they used, it is told in steps, as “at least 95 %”.
create or replace macro known_owner_share(owned, total) as owned / nullif(total, 0)
