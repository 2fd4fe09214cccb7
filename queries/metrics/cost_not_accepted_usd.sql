-- label: Usage cost of what was not accepted
-- unit: USD
-- format: money
-- formula: cost of the use of a workflow × (completed − accepted) ÷ completed
-- null_rule: NULL where the cost, or one of the two counts, of the workflow is unknown
-- caveat: As if every attempt had cost alike. What is learnt from a failed attempt is not counted.
-- judged_by: [estimated]
create or replace macro cost_not_accepted_usd(cost_usd, completed, accepted) as
    cost_usd * greatest(completed - accepted, 0) / nullif(completed, 0)
