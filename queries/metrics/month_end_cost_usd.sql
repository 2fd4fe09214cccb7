-- label: Cost at the end of the month
-- unit: USD
-- format: money
-- formula: seats of the month + use of its known days + for each day left the mean of its weekday over the last 56 days
-- null_rule: NULL with fewer than 28 known days in the last 56, or a weekday without one
-- caveat: The 80 % band is as wide as what this forecast missed by before, over as many days. Use by day is told in thousandths of its month, and days with few people as their mean.
-- worked_out_in: leverage/cost/forecast.py
-- judged_by: [estimated]
create or replace macro month_end_cost_usd(known_usd, expected_usd) as known_usd + expected_usd
