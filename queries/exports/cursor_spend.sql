-- title: Cursor spend API
-- table: usage
-- grain: one row per member and billing cycle
-- vendor: Cursor
-- how: >
--   Ask the team's Admin API for spend at the end of a billing cycle, and keep every page as JSON.
--   The amounts are kept for comparison; for cost load the usage events of the same days.
-- source: >
--   partly verified: spendCents holds the included part by the vendor's data guide, while a newer
--   answer has overallSpendCents beside it, which then is the sum of the two. The end of the cycle
--   is not stated and is taken to be a month after its start
-- signature: [spendCents, fastPremiumRequests, subscriptionCycleStart]
-- records: teamMemberSpend[]
-- day: subscriptionCycleStart
-- authority: {tokens: none, cost: none}
-- columns:
--   userId: person
--   email: person
--   name: personal
--   profilePictureUrl: personal
--   role: text
--   spendCents: money
--   includedSpendCents: money
--   overallSpendCents: money
--   fastPremiumRequests: count
--   hardLimitOverrideDollars: text
--   monthlyLimitDollars: text
--   effectivePerUserLimitDollars: text
--   subscriptionCycleStart: number    # Unix milliseconds
--   totalMembers: text
--   totalPages: text
with cycles as (
    select
        *,
        try(make_timestamp((subscriptionCycleStart * 1000)::bigint))::date as first_day,
        -- Less than its own included part: then it cannot hold that part.
        case
            when overallSpendCents is not null then overallSpendCents * 0.01
            when spendCents < includedSpendCents then (spendCents + includedSpendCents) * 0.01
            else spendCents * 0.01
        end as value_usd,
        value_usd - coalesce(includedSpendCents, 0) * 0.01 as on_demand_usd
    from source
)

select
    line,
    first_day as day,
    first_day as period_start,
    (first_day + interval 1 month - interval 1 day)::date as period_end,
    'activity' as row_kind,
    coalesce(email, userId) as actor,
    case when coalesce(email, userId) is not null then 'person' else 'unknown' end as actor_type,
    'ide' as surface,
    'none' as token_basis,
    -- The same money stands event by event in the usage events; here it adds to no cost.
    'none' as cost_basis,
    known_entries([
        {'key': 'cycle_value_usd', 'value': value_usd::double},
        {'key': 'cycle_included_usd', 'value': (includedSpendCents * 0.01)::double},
        {'key': 'cycle_on_demand_usd', 'value': on_demand_usd::double},
        {'key': 'cycle_fast_premium_requests', 'value': fastPremiumRequests::double}
    ]) as metrics
from cycles
