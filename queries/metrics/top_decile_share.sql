-- label: Share of the top tenth
-- unit: share
-- format: share
-- formula: tokens of the tenth of active people who used the most ÷ tokens of all active people
-- null_rule: NULL where fewer than 50 people were active, since the top tenth would be fewer than 5
-- caveat: Told in whole per cent and for whole companies only. Services are not in it.
-- judged_by: [allocation]
create or replace macro top_decile_share(top_tenth_tokens, tokens) as top_tenth_tokens / nullif(tokens, 0)
