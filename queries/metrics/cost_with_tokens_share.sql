-- label: Usage cost with tokens
-- unit: share
-- format: share
-- formula: usage cost, billed or estimated, of models whose tokens some source reports ÷ all usage cost
-- null_rule: NULL where no usage cost is known
-- caveat: A bill that names no model counts as with tokens where its vendor reports tokens in that month. Seats are in neither part.
create or replace macro cost_with_tokens_share(cost_with_tokens_usd, usage_cost_usd) as
    coalesce(cost_with_tokens_usd, 0) / nullif(usage_cost_usd, 0)
