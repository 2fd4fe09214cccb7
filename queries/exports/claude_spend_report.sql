-- title: Claude spend report
-- table: usage
-- grain: one row per member, product and model in the period of the file
-- vendor: Anthropic
-- how: >
--   In the Team or Enterprise plan's Analytics, under Spend, export the spend report of one month,
--   and leave the file the name it has. Where the daily reports of the Analytics API are loaded,
--   leave it out: a month beside its days would count twice.
-- source: >
--   verified fields, from the vendor's help article; their order and the name of the e-mail column
--   are partly verified. Plans with an allotment by seat report only what exceeds it, and the file
--   does not say which plan it is from
-- signature: [model, total_prompt_tokens, total_completion_tokens, total_net_spend_usd]
-- accounts: Claude Enterprise organisations    # none of the Claude API's, though the vendor is one
-- period_in_name: '(?P<from>\d{4}-\d{2}-\d{2})-to-(?P<to>\d{4}-\d{2}-\d{2})'
-- authority: {tokens: bill, cost: bill}
-- columns:
--   email: person
--   user_email: person
--   account_uuid: text
--   product: text
--   model: text
--   model_family: text
--   total_requests: count
--   total_prompt_tokens: count
--   total_completion_tokens: count
--   total_net_spend_usd: money
--   total_gross_spend_usd: money
with members as (
    select
        *,
        coalesce(email, user_email, account_uuid) as member,
        lower(replace(product, ' ', '_')) as surface_name,
        -- What the organisation's services cost has neither a model nor tokens.
        model is not null
        or coalesce(total_prompt_tokens, 0) + coalesce(total_completion_tokens, 0) > 0
            as has_tokens
    from source
)

select
    line,
    stated_first_day as day,
    stated_first_day as period_start,
    stated_last_day as period_end,
    case when has_tokens then 'tokens' else 'cost' end as row_kind,
    member as actor,
    case when member is not null then 'person' else 'unknown' end as actor_type,
    model_id(model) as model,
    model as model_name,
    case
        when surface_name = 'claude_code' then 'code_agent'
        when surface_name like 'office%' then 'office'
        when surface_name not in ('other', 'organization_service_usage') then 'chat'
    end as surface,
    product as tags,
    -- The prompt holds what was read from and written to the cache too, and says not how much.
    case when has_tokens then total_prompt_tokens end as input_tokens,
    case when has_tokens then total_completion_tokens end as output_tokens,
    case when has_tokens and total_prompt_tokens is not null then 'total_only' else 'none' end
        as token_basis,
    total_requests as requests,
    -- Before discounts and credits is the list price; ours would price cached tokens in full.
    total_gross_spend_usd as list_cost_usd,
    total_gross_spend_usd as gross_cost_usd,
    total_net_spend_usd as net_cost_usd,
    case when total_net_spend_usd is not null then 'billed' else 'none' end as cost_basis,
    ['overage_only'] as flags
from members
