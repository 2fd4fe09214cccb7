-- title: GitHub Copilot billing by month
-- table: usage
-- grain: one row per item of the bill, a month, person, sku and model
-- vendor: GitHub
-- how: >
--   Ask the organisation's billing API for the AI credit or premium request usage of one month, and
--   keep the answer as a JSON file. The report as CSV says more, as it has days.
-- source: verified, from the vendor's mock data of 2026; a file of one day is read as that day
-- signature: [unitType, pricePerUnit, grossQuantity, netAmount]
-- records: usageItems[]
-- account: organization
-- authority: {tokens: none, cost: bill}
-- columns:
--   timePeriod.year: count
--   timePeriod.month: count
--   timePeriod.day: count
--   organization: text
--   enterprise: text
--   user: person
--   product: text
--   sku: text
--   model: text
--   unitType: text
--   pricePerUnit: text
--   grossQuantity: number
--   grossAmount: money
--   discountQuantity: text
--   discountAmount: text
--   netQuantity: text
--   netAmount: money
with dated as (
    select
        *,
        make_date("timePeriod.year", "timePeriod.month", coalesce("timePeriod.day", 1)) as day,
        "timePeriod.day" is null as is_month
    from source
)

select
    line,
    day,
    case when is_month then day end as period_start,
    case when is_month then last_day(day) end as period_end,
    organization as account,
    'cost' as row_kind,
    "user" as actor,
    case when "user" is not null then 'person' else 'unknown' end as actor_type,
    model_id(model) as model,
    model as model_name,
    case when regexp_matches(sku, 'agent|spark') then 'code_agent' else 'ide' end as surface,
    sku as tags,
    'none' as token_basis,
    "grossQuantity" as credits,
    case "unitType"
        when 'ai-credits' then 'github_ai_credit'
        when 'requests' then 'github_premium_request'
        else 'github_' || replace("unitType", '-', '_')
    end as credit_unit,
    "grossAmount" as gross_cost_usd,
    "netAmount" as net_cost_usd,
    case when "netAmount" is not null then 'billed' else 'none' end as cost_basis,
    case when starts_with(lower(model), 'auto: ') then ['auto_model'] end as flags
from dated
