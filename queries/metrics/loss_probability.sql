-- label: Chance of a loss
-- unit: share of draws
-- format: share
-- formula: draws in which the use is worth less than it costs ÷ 10,000 seeded draws of everything assumed
-- null_rule: NULL where the net value is
-- caveat: The chance that the assumptions leave, not one measured. It is as good as they are.
-- worked_out_in: leverage/roi/answers.py
-- judged_by: [estimated]
create or replace macro loss_probability(losing_draws, draws) as losing_draws / nullif(draws, 0)
