-- label: Unassigned
-- unit: share
-- format: share
-- formula: what no rule assigned ÷ all, in tokens, in cost or in employees
-- null_rule: NULL where nothing was used, or nobody is known
-- caveat: A high share says that rules are missing, not that the work is unknown; whatever is split by workflow or workload class speaks of the rest only.
create or replace macro unassigned_share(unassigned, total) as unassigned / nullif(total, 0)
