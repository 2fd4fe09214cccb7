-- label: Day above the usual
-- unit: USD
-- format: money
-- formula: cost of the day − median cost of its weekday in the 56 days before
-- null_rule: NULL where fewer than six such weekdays are known
-- caveat: A day stands out where it is above by 3.5 robust standard deviations, by 10 USD and by a fifth; where such days were all alike the last two decide. These floors are proposals. Use alone, without seats.
-- worked_out_in: leverage/cost/anomalies.py
-- judged_by: [estimated]
create or replace macro day_above_usual_usd(cost_usd, usual_usd) as cost_usd - usual_usd
