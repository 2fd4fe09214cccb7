-- label: Work that agents own
-- unit: share
-- format: share
-- formula: tokens of workflows that agents do, reviewed or alone (levels 2 and 3) ÷ all tokens
-- null_rule: NULL where no source reports tokens, or no workflow has a level
-- caveat: Tokens of workflows without a level count as not owned, so the share is a floor. Levels are set by the owners of workflows.
create or replace macro agent_owned_share(agent_tokens, tokens) as agent_tokens / nullif(tokens, 0)
