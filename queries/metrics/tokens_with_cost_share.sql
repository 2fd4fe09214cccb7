-- label: Tokens with a cost
-- unit: share
-- format: share
-- formula: price-weighted tokens of models whose cost is billed, estimated or covered by seats ÷ all tokens
-- null_rule: NULL where no source reports tokens
-- caveat: Tokens of a vendor whose bill names no model have a cost where it billed anything in that month.
create or replace macro tokens_with_cost_share(tokens_with_cost, tokens) as
    coalesce(tokens_with_cost, 0) / nullif(tokens, 0)
