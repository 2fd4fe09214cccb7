-- title: Claude Code analytics
-- table: usage
-- grain: one row per actor, day and terminal, and one more per model it used
-- vendor: Anthropic
-- how: >
--   Ask the Admin API for the Claude Code usage report, one day a call, and keep every page of
--   every day in one JSON file.
-- source: >
--   verified, from the vendor's API reference of 2026, but for actors that are API keys and for
--   customers with a subscription, which are partly verified; use through the Claude API is in the
--   API's own usage report too, which then counts instead
-- signature: [date, customer_type, terminal_type, model_breakdown]
-- records: data[]
-- account: organization_id
-- day: date
-- authority: {tokens: none, cost: estimate}
-- columns:
--   has_more: text
--   next_page: text
--   date: time
--   actor.type: text
--   actor.email_address: person
--   actor.api_key_name: text
--   organization_id: text
--   customer_type: text
--   subscription_type: text
--   terminal_type: text
--   core_metrics.num_sessions: count
--   core_metrics.lines_of_code.added: count
--   core_metrics.lines_of_code.removed: count
--   core_metrics.commits_by_claude_code: count
--   core_metrics.pull_requests_by_claude_code: count
--   tool_actions.edit_tool.accepted: count
--   tool_actions.edit_tool.rejected: count
--   tool_actions.multi_edit_tool.accepted: count
--   tool_actions.multi_edit_tool.rejected: count
--   tool_actions.write_tool.accepted: count
--   tool_actions.write_tool.rejected: count
--   tool_actions.notebook_edit_tool.accepted: count
--   tool_actions.notebook_edit_tool.rejected: count
--   model_breakdown: text
with actors as (
    -- A key that Claude Code made is named after its user: claude_code_key_<user>_<4 characters>.
    select
        *,
        nullif(
            regexp_extract("actor.api_key_name", '(?i)^claude_code_key_(.+?)(_[^_]{4})?$', 1), ''
        ) as key_user,
        coalesce("actor.email_address", key_user) as person,
        coalesce(person, "actor.api_key_name") as named,
        case
            when person is not null then 'person'
            when named is not null then 'service'
            else 'unknown'
        end as named_type,
        if(key_user is null, "actor.api_key_name", 'claude_code_key_*') as shown_key,
        [
            {'key': 'sessions', 'value': "core_metrics.num_sessions"},
            {'key': 'lines_added', 'value': "core_metrics.lines_of_code.added"},
            {'key': 'lines_removed', 'value': "core_metrics.lines_of_code.removed"},
            {'key': 'commits', 'value': "core_metrics.commits_by_claude_code"},
            {'key': 'pull_requests', 'value': "core_metrics.pull_requests_by_claude_code"},
            {
                'key': 'edits_accepted',
                'value': list_sum([
                    "tool_actions.edit_tool.accepted",
                    "tool_actions.multi_edit_tool.accepted",
                    "tool_actions.write_tool.accepted",
                    "tool_actions.notebook_edit_tool.accepted"
                ])
            },
            {
                'key': 'edits_rejected',
                'value': list_sum([
                    "tool_actions.edit_tool.rejected",
                    "tool_actions.multi_edit_tool.rejected",
                    "tool_actions.write_tool.rejected",
                    "tool_actions.notebook_edit_tool.rejected"
                ])
            }
        ] as counts
    from source
),

models as (
    select
        *,
        unnest(from_json(
            if(json_valid(model_breakdown), model_breakdown, null),
            '[{
                "model": "VARCHAR",
                "tokens": {
                    "input": "BIGINT",
                    "output": "BIGINT",
                    "cache_read": "BIGINT",
                    "cache_creation": "BIGINT"
                },
                "estimated_cost": {"currency": "VARCHAR", "amount": "VARCHAR"}
            }]'
        )) as used
    from actors
),

valued as (
    select
        *,
        -- Amounts are cents; a division would make a double of the decimal.
        case
            when upper(coalesce(used.estimated_cost.currency, 'usd')) = 'USD'
                then as_money(used.estimated_cost.amount) * 0.01
        end as value_usd,
        coalesce(customer_type = 'subscription', false) as is_covered_by_plan
    from models
)

select
    line,
    date::date as day,
    organization_id as account,
    'activity' as row_kind,
    named as actor,
    named_type as actor_type,
    shown_key as key_name,
    null as model,
    null as model_name,
    'code_agent' as surface,
    nullif(concat_ws(', ', terminal_type, customer_type, subscription_type), '') as tags,
    null as input_tokens,
    null as cache_read_tokens,
    null as cache_write_tokens,
    null as output_tokens,
    'none' as token_basis,
    null as list_cost_usd,
    null as estimated_cost_usd,
    'none' as cost_basis,
    known_entries([{'key': entry.key, 'value': entry.value::double} for entry in counts]) as metrics
from actors
union all by name
select
    line,
    date::date as day,
    organization_id as account,
    'tokens' as row_kind,
    named as actor,
    named_type as actor_type,
    shown_key as key_name,
    model_id(used.model) as model,
    used.model as model_name,
    'code_agent' as surface,
    nullif(concat_ws(', ', terminal_type, customer_type, subscription_type), '') as tags,
    used.tokens.input as input_tokens,
    used.tokens.cache_read as cache_read_tokens,
    used.tokens.cache_creation as cache_write_tokens,
    used.tokens.output as output_tokens,
    'reported' as token_basis,
    -- What a subscription covers has a value and no cost of its own.
    if(is_covered_by_plan, value_usd, null) as list_cost_usd,
    if(is_covered_by_plan, null, value_usd) as estimated_cost_usd,
    case
        when is_covered_by_plan then 'covered_by_plan'
        when value_usd is not null then 'vendor_estimate'
        else 'none'
    end as cost_basis,
    null as metrics
from valued
