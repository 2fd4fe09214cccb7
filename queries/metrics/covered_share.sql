-- label: Days loaded
-- unit: share
-- format: share
-- formula: days that some load in effect covers ÷ days expected, over the sources of the period
-- null_rule: NULL where no source is loaded
-- caveat: A source is expected from its first day on, and no longer once it has been silent for three months. A day without use looks like a day that was not exported.
create or replace macro covered_share(days_covered, days_expected) as days_covered / nullif(days_expected, 0)
