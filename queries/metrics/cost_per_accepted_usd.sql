-- label: Usage cost per accepted outcome
-- unit: USD per piece of accepted work
-- format: money
-- formula: cost of the use of a workflow ÷ its pieces of accepted work
-- null_rule: NULL where the cost, or accepted work, of the workflow is unknown
-- caveat: Seats belong to no workflow and are not in it. It holds the cost of every attempt, also of those that were not accepted.
-- judged_by: [estimated]
create or replace macro cost_per_accepted_usd(cost_usd, accepted) as cost_usd / nullif(accepted, 0)
