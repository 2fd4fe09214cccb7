-- title: GitHub Copilot billing
-- table: usage
-- grain: one row per line of the export, a day, person, sku and model
-- vendor: GitHub
-- how: In the organisation's or enterprise's billing settings request the AI usage report as CSV.
-- source: >
--   verified, from a real export of 2026 and the vendor's billing preview; that the four token
--   columns do not overlap rests on one example row
-- signature: [username, unit_type, aic_quantity]
-- account: organization
-- day: date
-- authority: {tokens: bill, cost: bill}
-- columns:
--   date: day
--   username: person
--   product: text
--   sku: text
--   model: text
--   quantity: number
--   unit_type: text
--   applied_cost_per_quantity: text
--   gross_amount: money
--   discount_amount: money
--   net_amount: money
--   exceeds_quota: text
--   total_monthly_quota: text
--   organization: text
--   repository: text
--   cost_center_name: text
--   aic_quantity: number
--   aic_gross_amount: money
--   input: count
--   output: count
--   cache_read: count
--   cache_write: count
with charges as (
    select *, coalesce(input, output, cache_read, cache_write) is not null as has_tokens
    from source
)

select
    line,
    date as day,
    organization as account,
    case when has_tokens then 'tokens' else 'cost' end as row_kind,
    username as actor,
    case when username is not null then 'person' else 'unknown' end as actor_type,
    model_id(model) as model,
    model as model_name,
    case when regexp_matches(sku, 'agent|spark') then 'code_agent' else 'ide' end as surface,
    cost_center_name as workspace,
    sku as tags,
    repository as trace,
    input as input_tokens,
    cache_read as cache_read_tokens,
    cache_write as cache_write_tokens,
    output as output_tokens,
    case when has_tokens then 'reported' else 'none' end as token_basis,
    -- A premium request is a weighted unit and no count of requests; the two units never add up.
    quantity as credits,
    case unit_type
        when 'ai-credits' then 'github_ai_credit'
        when 'requests' then 'github_premium_request'
        else 'github_' || replace(unit_type, '-', '_')
    end as credit_unit,
    gross_amount as gross_cost_usd,
    net_amount as net_cost_usd,
    case when net_amount is not null then 'billed' else 'none' end as cost_basis,
    known_entries([
        -- What a row from before the change of unit would have been in the new one.
        {'key': 'aic_quantity', 'value': aic_quantity::double},
        {'key': 'aic_gross_usd', 'value': aic_gross_amount::double}
    ]) as metrics,
    case when starts_with(lower(model), 'auto: ') then ['auto_model'] end as flags
from charges
