-- label: Break-even realisation
-- unit: share of saved time
-- format: share
-- formula: cost ÷ (hours saved × cost of an hour × (1 − rework) × attribution)
-- cost: usage and seats, and what is assumed of platform, training and review
-- null_rule: NULL where nobody has said how many minutes are saved, and wherever the break-even minutes are unknown
-- caveat: Above 100 % it cannot pay for itself by the minutes that are assumed.
-- worked_out_in: leverage/roi/answers.py
-- judged_by: [estimated]
create or replace macro break_even_realisation(cost_usd, hours_saved, usd_per_hour_if_realised) as
    cost_usd / nullif(hours_saved * usd_per_hour_if_realised, 0)
