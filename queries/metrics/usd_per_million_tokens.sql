-- label: Price per million tokens
-- unit: USD per million tokens, price-weighted unless another basis is chosen
-- format: money
-- formula: usage cost, billed or estimated × 1,000,000 ÷ tokens
-- null_rule: NULL where the cost or the tokens are unknown
-- caveat: What was paid on average, discounts and mix of models included; seats are not in it. Use without a known cost makes it too low.
-- judged_by: [estimated]
create or replace macro usd_per_million_tokens(cost_usd, tokens) as cost_usd * 1000000 / nullif(tokens, 0)
