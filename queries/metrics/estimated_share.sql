-- label: Estimated part of cost
-- unit: share
-- format: share
-- formula: estimated usage ÷ full cost
-- null_rule: NULL where no part of the cost is known; 0 where all of it is billed
-- caveat: Use without a known price is in neither part.
create or replace macro estimated_share(estimated_cost_usd, cost_usd) as
    case when cost_usd is not null then coalesce(estimated_cost_usd, 0) / nullif(cost_usd, 0) end
