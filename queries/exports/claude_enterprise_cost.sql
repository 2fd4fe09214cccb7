-- title: Claude Enterprise cost by user
-- table: usage
-- grain: one row per user and bucket, and whatever the request grouped by
-- vendor: Anthropic
-- how: >
--   Ask the Claude Enterprise Analytics API for the user cost report with bucket_width=1d, grouped
--   by product and model but not by group, and keep every page in one JSON file.
-- source: >
--   verified, from the vendor's API reference and client libraries of 2026; amounts are texts of
--   cents, after discounts and before credits, and are final only after about 30 days
-- signature: [starting_at, amount, list_amount, product]
-- records: data[]
-- account: organization_id
-- accounts: Claude Enterprise organisations    # none of the Claude API's, though the vendor is one
-- day: starting_at
-- authority: {tokens: none, cost: bill}
-- columns:
--   has_more: text
--   next_page: text
--   data_refreshed_at: text
--   organization_id: text
--   starting_at: time
--   ending_at: time
--   actor.type: text
--   actor.user_id: text
--   actor.email: person
--   actor.email_address: person
--   actor.name: personal
--   actor.deleted: flag
--   amount: money
--   list_amount: money
--   currency: text
--   cost_type: text
--   token_type: text
--   requests: count
--   product: text
--   model: text
--   context_window: text
--   inference_geo: text
--   speed: text
--   rbac_group_id: text
--   claude_tag_category: text
--   claude_tag_user_id: person
--   slack_channel_id: text
with owned as (
    select
        *,
        coalesce("actor.email_address", "actor.email") as address,
        -- A deleted account has no address left; a service account never had one.
        coalesce(address, "actor.user_id") as named,
        coalesce(starting_at::date, stated_first_day) as day,
        -- Who is in several groups is listed with all of the use in each of them.
        row_number() over (
            partition by
                named, starting_at, ending_at, product, model, token_type, cost_type,
                context_window, inference_geo, speed, claude_tag_category, claude_tag_user_id,
                slack_channel_id
            order by rbac_group_id nulls first, line
        ) > 1 and rbac_group_id is not null and named is not null as is_listed_again,
        upper(coalesce(currency, 'usd')) as billing_currency
    from source
)

select
    line,
    day,
    -- Without buckets a row stands for all of the time that was asked for.
    case when starting_at is null then day end as period_start,
    case when starting_at is null then stated_last_day end as period_end,
    organization_id as account,
    'cost' as row_kind,
    named as actor,
    case
        when address is not null or (named is not null and "actor.deleted") then 'person'
        when named is not null then 'service'
        else 'unknown'
    end as actor_type,
    model_id(model) as model,
    model as model_name,
    case
        when product = 'claude_code' then 'code_agent'
        when product = 'office_agent' then 'office'
        when product <> 'other' then 'chat'
    end as surface,
    context_window,
    nullif(
        concat_ws(
            ', ',
            product,
            coalesce(token_type, cost_type),
            claude_tag_category,
            inference_geo,
            speed
        ),
        ''
    ) as tags,
    slack_channel_id as trace,
    'none' as token_basis,
    -- Amounts are cents; a division would make a double of the decimal.
    case when billing_currency = 'USD' then list_amount * 0.01 end as list_cost_usd,
    case when billing_currency = 'USD' then amount * 0.01 end as net_cost_usd,
    case when amount is not null then 'billed' else 'none' end as cost_basis,
    billing_currency as currency,
    case when billing_currency <> 'USD' then amount * 0.01 end as billed_in_currency,
    -- The usage report counts the requests; by token type each would be counted several times.
    case
        when requests is not null and token_type is null
            then map {'billed_requests': requests::double}
    end as metrics,
    case when is_listed_again then 'the same use, listed for another group' end as set_aside
from owned
