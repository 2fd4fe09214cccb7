-- title: Usage
-- grain: one row per day × company × account × credential × actor × vendor × model × surface × service tier × context window × row kind × kind, and the raw fields that rules match
-- partition: month
-- time: day
-- account: account
-- meaning: What the exports say of AI use, in disjoint token parts and unmixed money. NULL is not reported, 0 is measured zero.
select
    null::varchar as month,                        -- 'YYYY-MM' of day
    null::date as day,                             -- UTC; the first day of a row that stands for a period
    null::date as period_start,                    -- only on rows that stand for a week, a month or a range
    null::date as period_end,
    null::varchar as company,
    null::varchar as account,                      -- organisation, workspace, team or gateway at the vendor; 'main' where none was stated
    null::varchar as vendor,                       -- who sells the use, a proper name
    null::varchar as kind,                         -- which mapping in queries/exports made the row
    null::varchar as row_kind,                     -- tokens, cost, activity, purchase
    null::varchar as actor,                        -- keyed hash of a person ('p:…'), or the name of a service
    null::varchar as actor_type,                   -- person, service, unknown
    null::varchar as credential,
    null::varchar as model,                        -- canonical id
    null::varchar as model_name,                   -- as the export writes it
    null::varchar as surface,                      -- chat, api, code_agent, ide, office, cloud
    null::varchar as service_tier,
    null::varchar as context_window,
    null::varchar as workspace,
    null::varchar as key_name,
    null::varchar as key_actor,                    -- where no person is named: keyed hash of the address in the key's name ('p:…'), else of the name ('k:…')
    null::varchar as tags,
    null::varchar as trace,
    null::bigint as input_tokens,                  -- uncached input only
    null::bigint as cache_read_tokens,
    null::bigint as cache_write_tokens,
    null::bigint as output_tokens,
    null::bigint as reasoning_tokens,              -- inside output_tokens
    null::varchar as token_basis,                  -- reported, derived, total_only, none
    null::bigint as requests,
    null::bigint as failed_requests,
    null::bigint as messages,
    null::decimal(18, 6) as credits,
    null::varchar as credit_unit,
    null::decimal(18, 6) as list_cost_usd,
    null::decimal(18, 6) as gross_cost_usd,        -- before discount
    null::decimal(18, 6) as net_cost_usd,          -- billed; 0 is billed 0
    null::decimal(18, 6) as amortised_cost_usd,    -- FOCUS EffectiveCost
    null::decimal(18, 6) as estimated_cost_usd,    -- a vendor's or our own; used only where net is NULL
    null::varchar as cost_basis,                   -- billed, vendor_estimate, list_price, covered_by_plan, none
    null::varchar as price_list,                   -- name and version of the list behind list_price
    null::varchar as currency,
    null::decimal(18, 6) as billed_in_currency,    -- only where currency is not USD
    null::map(varchar, double) as metrics,         -- additive extras
    null::varchar as attrs,                        -- unknown columns, a JSON object
    null::varchar[] as flags,
    null::bigint as load_id,
    null::bigint as first_line,
    null::bigint as lines
where false
