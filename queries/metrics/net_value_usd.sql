-- label: Net value
-- unit: USD
-- format: money
-- formula: value of the hours saved or outcomes gained − cost
-- cost: usage and seats, and what is assumed of platform, training and review
-- null_rule: NULL where the cost, the days with use, the cost of an hour or the minutes saved are unknown
-- caveat: A range over 10,000 seeded draws of everything that is assumed, never one number. Eight of ten draws lie between P10 and P90. Value is time put in money and is not money paid; hours freed are no saving until something is done with them.
-- worked_out_in: leverage/roi/answers.py
-- judged_by: [estimated]
create or replace macro net_value_usd(value_usd, cost_usd) as value_usd - cost_usd
