-- title: DeepSeek cost
-- table: usage
-- grain: one row per day, model and wallet
-- vendor: DeepSeek
-- how: On the platform's usage page choose the month and export it; hand in the whole zip.
-- source: partly verified, from several public importers that agree on both generations of the header
-- signature: [model, wallet_type, cost, currency]
-- account: user_id
-- day: start_time_iso
-- authority: {tokens: none, cost: bill}
-- columns:
--   user_id: text
--   utc_date: day
--   start_time_iso: time
--   end_time_iso: time
--   model: text
--   wallet_type: text
--   cost: money
--   currency: text
with charges as (
    -- A day of the zone +08:00 lies across two of ours, and belongs to the one with the greater part.
    select
        *,
        coalesce(
            (start_time_iso + (coalesce(end_time_iso, start_time_iso) - start_time_iso) / 2)::date,
            utc_date
        ) as used_on,
        upper(coalesce(currency, 'usd')) as currency_code,
        -- What credit that the vendor granted pays for is worth its cost, and billed nothing.
        case when lower(wallet_type) = 'granted' then 0 else cost end as paid
    from source
)

select
    line,
    used_on as day,
    user_id as account,
    'cost' as row_kind,
    'unknown' as actor_type,
    model_id(model) as model,
    model as model_name,
    'api' as surface,
    lower(wallet_type) as tags,
    'none' as token_basis,
    case when currency_code = 'USD' then cost end as gross_cost_usd,
    case when currency_code = 'USD' then paid end as net_cost_usd,
    case when cost is not null then 'billed' else 'none' end as cost_basis,
    currency_code as currency,
    case when currency_code <> 'USD' then paid end as billed_in_currency
from charges
