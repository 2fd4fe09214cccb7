-- title: Cursor usage events
-- table: usage
-- grain: one row per event
-- vendor: Cursor
-- how: In the team dashboard open Usage, choose the days and export the CSV.
-- source: >
--   verified, from a generated demo and real rows of four generations of the header; in all of them
--   the four token columns add up to Total Tokens
-- signature: [Date, Input (w/o Cache Write), Cache Read]
-- day: Date
-- authority: {tokens: usage, cost: bill}
-- columns:
--   Date: time
--   User: person
--   Cloud Agent ID: text
--   Automation ID: text
--   Kind: text
--   Model: text
--   Max Mode: text
--   Input (w/ Cache Write): count
--   Input (w/o Cache Write): count
--   Cache Read: count
--   Output Tokens: count
--   Total Tokens: count
--   Cost: text
--   Cost to you: text
--   Requests: number
with charges as (
    -- In the first generation, which has no Kind, Cost is the value and "Cost to you" the charge.
    select
        *,
        coalesce(Kind, "Max Mode", "User") is null as is_first_generation,
        lower(if(is_first_generation, "Cost to you", Cost)) as charge,
        as_money(charge) as charge_usd,
        if(is_first_generation, as_money(Cost), null) as value_usd,
        charge = 'included' or starts_with(lower(Kind), 'included') as is_included,
        regexp_matches(Kind, '(?i)no charge|not charged') as is_waived
    from source
)

select
    line,
    "Date"::date as day,
    'tokens' as row_kind,
    "User" as actor,
    case when "User" is not null then 'person' else 'unknown' end as actor_type,
    model_id(Model) as model,
    Model as model_name,
    case when "Cloud Agent ID" is not null then 'code_agent' else 'ide' end as surface,
    case when lower("Max Mode") = 'yes' then 'max' end as service_tier,
    nullif(
        concat_ws(
            ', ',
            case when "Cloud Agent ID" is not null then 'cloud_agent' end,
            case when "Automation ID" is not null then 'automation' end
        ),
        ''
    ) as tags,
    "Automation ID" as trace,
    -- In spite of the names the two inputs do not overlap: "w/" is what was written to the cache.
    "Input (w/o Cache Write)" as input_tokens,
    "Cache Read" as cache_read_tokens,
    "Input (w/ Cache Write)" as cache_write_tokens,
    "Output Tokens" as output_tokens,
    case
        when coalesce("Input (w/o Cache Write)", "Output Tokens") is not null then 'reported'
        else 'none'
    end as token_basis,
    1 as requests,
    starts_with(lower(Kind), 'errored')::bigint as failed_requests,
    Requests as credits,
    case when Requests is not null then 'cursor_request' end as credit_unit,
    -- An amount beside "Included" or "No Charge" is the value of the use, not a charge.
    coalesce(value_usd, if(is_included or is_waived, charge_usd, null)) as gross_cost_usd,
    case
        when charge is null then null
        when is_included or is_waived or charge = 'free' then 0
        else charge_usd
    end as net_cost_usd,
    case
        when is_included then 'covered_by_plan'
        when charge is not null then 'billed'
        else 'none'
    end as cost_basis,
    case
        when charge not in ('included', 'free') and charge_usd is null
            then 'Cost is neither an amount nor Included nor Free'
    end as set_aside
from charges
