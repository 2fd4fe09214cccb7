-- title: OpenAI API cost
-- table: usage
-- grain: one row per line of the export, a day and whatever the dashboard grouped by
-- vendor: OpenAI
-- how: In the API dashboard open Usage, choose Cost, group by line item and export the CSV.
-- source: verified, from an importer's record of a dashboard export of September 2026
-- signature: [start_time, amount_value, amount_currency]
-- account: organization_id
-- day: start_time
-- authority: {tokens: none, cost: bill}
-- columns:
--   start_time: epoch
--   end_time: epoch
--   start_time_iso: text
--   end_time_iso: text
--   amount_value: money
--   amount_currency: text
--   quantity: number
--   quantity_unit: text
--   line_item: text
--   user_id: person
--   api_key_id: text
--   project_id: text
--   organization_id: text
--   project_name: text
--   organization_name: text
--   user_email: person
--   api_source: text
with amounts as (
    -- A totals row can stand beside the rows it adds up; only their sum tells the two apart.
    select
        *,
        upper(coalesce(amount_currency, 'usd')) as billing_currency,
        sum(amount_value) filter (where line_item is not null) over (
            partition by start_time, organization_id, upper(coalesce(amount_currency, 'usd'))
        ) as itemised_amount
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
    -- "gpt-5-nano, input_tokens": the model, then what was charged. Without a comma it is a tool.
    model_id(regexp_extract(line_item, '^(.*?), ', 1)) as model,
    nullif(regexp_extract(line_item, '^(.*?), ', 1), '') as model_name,
    'api' as surface,
    coalesce(project_name, project_id) as workspace,
    regexp_replace(line_item, '^.*?, ', '') as tags,
    'none' as token_basis,
    case when billing_currency = 'USD' then amount_value end as net_cost_usd,
    case when amount_value is not null then 'billed' else 'none' end as cost_basis,
    billing_currency as currency,
    case when billing_currency <> 'USD' then amount_value end as billed_in_currency,
    case
        when quantity is null or quantity_unit is null then null
        when quantity_unit = '1000_tokens' then map {'billed_tokens': (quantity * 1000)::double}
        else map {'billed_' || quantity_unit: quantity::double}
    end as metrics,
    case
        when amount_value is null and line_item is null then 'blank day'
        when line_item is null and abs(amount_value - itemised_amount) <= 0.01 then 'totals row'
    end as set_aside
from amounts
