-- label: Cost of a department
-- unit: USD
-- format: money
-- formula: billed and estimated use of the people who stand in the department
-- null_rule: NULL where no use of the department has a cost
-- caveat: What was metered, not shared out, so that services, use that names nobody, seats and departments with few people are rows of their own, so that the statement adds up to the full cost. A department that is small or mostly one person stands in a pool.
-- judged_by: [allocation, estimated]
create or replace macro department_cost_usd(billed_cost_usd, estimated_cost_usd) as
    coalesce(billed_cost_usd, 0) + coalesce(estimated_cost_usd, 0)
