-- title: Claude API cost report
-- table: usage
-- grain: one row per result of a day, for whatever the request grouped by
-- vendor: Anthropic
-- how: >
--   Ask the Admin API for the cost report grouped by workspace_id and description, and keep every
--   page in one JSON file.
-- source: >
--   verified, from the vendor's API reference of 2026; amounts are texts of cents, and the cost of
--   the Priority Tier is in none of them
-- signature: [starting_at, ending_at, amount, currency, workspace_id]
-- records: data[].results[]
-- day: starting_at
-- authority: {tokens: none, cost: bill}
-- columns:
--   has_more: text
--   next_page: text
--   starting_at: time
--   ending_at: time
--   amount: money
--   currency: text
--   workspace_id: text
--   description: text
--   cost_type: text
--   token_type: text
--   model: text
--   service_tier: text
--   context_window: text
--   inference_geo: text
--   speed: text
with amounts as (
    select
        *,
        upper(coalesce(currency, 'usd')) as billing_currency,
        -- Cents; a division would make a double of the decimal.
        amount * 0.01 as billed_amount,
        bool_or(workspace_id is not null) over () as is_by_workspace
    from source
)

select
    line,
    starting_at::date as day,
    'cost' as row_kind,
    'unknown' as actor_type,
    model_id(model) as model,
    model as model_name,
    'api' as surface,
    service_tier,
    context_window,
    -- Once rows are grouped by workspace, the one without a name is the default workspace.
    coalesce(workspace_id, case when is_by_workspace then 'Default' end) as workspace,
    nullif(
        concat_ws(
            ', ',
            coalesce(token_type, cost_type, description),
            nullif(inference_geo, 'not_available'),
            speed
        ),
        ''
    ) as tags,
    'none' as token_basis,
    case when billing_currency = 'USD' then billed_amount end as net_cost_usd,
    case when amount is not null then 'billed' else 'none' end as cost_basis,
    billing_currency as currency,
    case when billing_currency <> 'USD' then billed_amount end as billed_in_currency
from amounts
