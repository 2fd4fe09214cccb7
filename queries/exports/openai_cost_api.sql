-- title: OpenAI API cost report
-- table: usage
-- grain: one row per result of a day, for whatever the request grouped by
-- vendor: OpenAI
-- how: >
--   Ask the organisation costs API grouped by project_id, line_item and api_key_id, and keep every
--   page in one JSON file.
-- source: verified, from the vendor's published API description of August 2026
-- signature: [object, start_time, end_time, line_item, project_id]
-- records: data[].results[]
-- match:
--   object: page
--   data[].results[].object: organization.costs.result
-- account: organization_id
-- day: start_time
-- authority: {tokens: none, cost: bill}
-- columns:
--   object: text
--   has_more: text
--   next_page: text
--   start_time: epoch
--   end_time: epoch
--   start_time_iso: text
--   end_time_iso: text
--   amount.value: money
--   amount.currency: text
--   line_item: text
--   quantity: number
--   quantity_unit: text
--   project_id: text
--   project_name: text
--   api_key_id: text
--   user_id: person
--   user_email: person
--   organization_id: text
--   organization_name: text
with amounts as (
    select
        *,
        "amount.value" as amount,
        upper(coalesce("amount.currency", 'usd')) as billing_currency,
        -- "gpt-5-nano, input_tokens": the model, then what was charged; a tool stands alone.
        nullif(regexp_extract(line_item, '^(.*?), ', 1), '') as charged_model
    from source
)

select
    line,
    start_time::date as day,
    organization_id as account,
    'cost' as row_kind,
    coalesce(user_email, user_id, api_key_id) as actor,
    case
        when coalesce(user_email, user_id) is not null then 'person'
        when api_key_id is not null then 'service'
        else 'unknown'
    end as actor_type,
    api_key_id as credential,
    model_id(charged_model) as model,
    charged_model as model_name,
    'api' as surface,
    coalesce(project_name, project_id) as workspace,
    regexp_replace(line_item, '^.*?, ', '') as tags,
    'none' as token_basis,
    case when billing_currency = 'USD' then amount end as net_cost_usd,
    case when amount is not null then 'billed' else 'none' end as cost_basis,
    billing_currency as currency,
    case when billing_currency <> 'USD' then amount end as billed_in_currency,
    case
        when quantity is null or quantity_unit is null then null
        when quantity_unit = '1000_tokens' then map {'billed_tokens': (quantity * 1000)::double}
        else map {'billed_' || quantity_unit: quantity::double}
    end as metrics
from amounts
