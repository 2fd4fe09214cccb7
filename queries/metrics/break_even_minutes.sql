-- label: Break-even minutes
-- unit: minutes saved per person and day with use
-- format: number
-- formula: 60 × cost ÷ (days with use × cost of an hour × (1 − rework) × realisation × attribution)
-- cost: usage and seats, and what is assumed of platform, training and review
-- null_rule: NULL where the cost, the days with use or the cost of an hour is unknown, and where fewer than four fifths of the tokens have a known cost
-- caveat: It needs no belief about time saved, but one about what becomes of saved time. Days that no source dates are missing, so that it is at most this.
-- worked_out_in: leverage/roi/answers.py
-- judged_by: [estimated]
create or replace macro break_even_minutes(cost_usd, person_days, usd_per_hour_saved) as
    60 * cost_usd / nullif(person_days * usd_per_hour_saved, 0)
