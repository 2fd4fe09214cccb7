-- label: Escape rate
-- unit: defects per accepted piece of work
-- format: share
-- formula: defects that reached a customer ÷ work accepted
-- null_rule: NULL where defects or accepted work were not counted
-- caveat: Defects of work accepted earlier count in the month they were found in.
create or replace macro escape_rate(escaped_defects, accepted) as escaped_defects / nullif(accepted, 0)
