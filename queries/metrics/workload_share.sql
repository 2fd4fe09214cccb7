-- label: Share of a workload class
-- unit: share
-- format: share
-- formula: tokens of the class ÷ all tokens
-- null_rule: NULL where no source reports tokens
-- caveat: Classes come from rules; what no rule caught stands as unassigned and may be of any class.
create or replace macro workload_share(class_tokens, tokens) as class_tokens / nullif(tokens, 0)
