-- label: Change of the cost
-- unit: USD
-- format: money
-- formula: cost of the period − cost of the period it is compared with
-- null_rule: NULL where either cost is unknown or nothing is compared
-- caveat: Seats split into count × old price and later count × change of price. Use with tokens splits into who used more or less at the old mean price, the mix of models at their old prices, and the change of each model's price. Cents that rounding leaves over go to the largest part, so that the parts add up to the change.
-- worked_out_in: leverage/cost/waterfall.py
-- judged_by: [estimated]
create or replace macro cost_change_usd(cost_usd, cost_before_usd) as cost_usd - cost_before_usd
