-- label: Share of agents and programs
-- unit: share
-- format: share
-- formula: price-weighted tokens of services, APIs, clouds and coding agents ÷ all price-weighted tokens
-- null_rule: NULL where no source reports tokens, or where fewer than 5 people stand on either side
-- caveat: The channel is a proxy for autonomy; a person may sit behind an API, and an agent in an editor. Read it with the known owners.
create or replace macro agent_share(agent_tokens, tokens) as agent_tokens / nullif(tokens, 0)
