-- title: Claude Enterprise usage by user
-- table: usage
-- grain: one row per user and bucket, and whatever the request grouped by
-- vendor: Anthropic
-- how: >
--   Ask the Claude Enterprise Analytics API for the user usage report with bucket_width=1d, grouped
--   by product and model but not by group, and keep every page in one JSON file.
-- source: >
--   verified, from the vendor's API reference and client libraries of 2026; only use by people with
--   a seat is in it
-- signature: [starting_at, uncached_input_tokens, cache_read_input_tokens, total_tokens, product]
-- records: data[]
-- account: organization_id
-- accounts: Claude Enterprise organisations    # none of the Claude API's, though the vendor is one
-- day: starting_at
-- authority: {tokens: usage, cost: none}
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
--   uncached_input_tokens: count
--   cache_creation.ephemeral_5m_input_tokens: count
--   cache_creation.ephemeral_1h_input_tokens: count
--   cache_read_input_tokens: count
--   output_tokens: count
--   total_tokens: count
--   server_tool_use.web_search_requests: count
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
                named, starting_at, ending_at, product, model, context_window, inference_geo,
                speed, claude_tag_category, claude_tag_user_id, slack_channel_id
            order by rbac_group_id nulls first, line
        ) > 1 and rbac_group_id is not null and named is not null as is_listed_again
    from source
)

select
    line,
    day,
    -- Without buckets a row stands for all of the time that was asked for.
    case when starting_at is null then day end as period_start,
    case when starting_at is null then stated_last_day end as period_end,
    organization_id as account,
    'tokens' as row_kind,
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
        concat_ws(', ', product, claude_tag_category, inference_geo, speed), ''
    ) as tags,
    slack_channel_id as trace,
    uncached_input_tokens as input_tokens,
    cache_read_input_tokens as cache_read_tokens,
    coalesce(
        "cache_creation.ephemeral_5m_input_tokens" + "cache_creation.ephemeral_1h_input_tokens",
        "cache_creation.ephemeral_5m_input_tokens",
        "cache_creation.ephemeral_1h_input_tokens"
    ) as cache_write_tokens,
    output_tokens,
    'reported' as token_basis,
    requests,
    'none' as cost_basis,
    known_entries([
        -- Writes kept for an hour cost more than those kept for five minutes.
        {
            'key': 'cache_write_1h_tokens',
            'value': "cache_creation.ephemeral_1h_input_tokens"::double
        },
        {'key': 'web_searches', 'value': "server_tool_use.web_search_requests"::double}
    ]) as metrics,
    case when is_listed_again then 'the same use, listed for another group' end as set_aside
from owned
