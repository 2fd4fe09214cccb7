-- title: Use that counts
-- grain: one row per row of usage that counts for tokens, cost or activity
-- meaning: usage under the authority rule, with aliases, and keys whose names say whose they are, resolved to people. A column that does not count here (tokens of the bill where a usage file exists) is NULL.
-- asked_by: marts
select
    usage.month,
    usage.day,
    usage.period_end,
    usage.company,
    usage.vendor,
    coalesce(usage.model, '') as model,
    usage.row_kind,
    usage.account,
    usage.kind,
    usage.surface,
    usage.workspace,
    usage.key_name,
    usage.key_actor,
    usage.tags,
    usage.trace,
    case
        -- What a user gave to a department is a service, whatever its key is called.
        when key_owners.person is not null and service_owners.result is null then 'person'
        when usage.actor is null then 'unknown'
        else coalesce(usage.actor_type, 'unknown')
    end as owner,
    coalesce(
        case when service_owners.result is null then key_owners.person end,
        identities.person,
        usage.actor
    ) as actor,
    service_owners.result as service_department,
    case when authority.counts_tokens then usage.input_tokens end as input_tokens,
    case when authority.counts_tokens then usage.cache_read_tokens end as cache_read_tokens,
    case when authority.counts_tokens then usage.cache_write_tokens end as cache_write_tokens,
    case when authority.counts_tokens then usage.output_tokens end as output_tokens,
    case when authority.counts_requests then usage.requests end as requests,
    case when authority.counts_messages then usage.messages end as messages,
    case
        when authority.counts_cost and usage.row_kind <> 'purchase'
            then coalesce(usage.amortised_cost_usd, usage.net_cost_usd)
    end as billed_cost_usd,
    case
        when authority.counts_cost and usage.row_kind <> 'purchase'
            and coalesce(usage.amortised_cost_usd, usage.net_cost_usd) is null
            then usage.estimated_cost_usd
    end as estimated_cost_usd,
    case when usage.row_kind = 'purchase' then usage.net_cost_usd end as purchase_cost_usd,
    case when authority.counts_tokens then usage.list_cost_usd end as list_cost_usd,
    case when authority.counts_cost then usage.gross_cost_usd end as gross_cost_usd,
    authority.counts_cost
    and usage.row_kind = 'tokens'
    and coalesce(usage.amortised_cost_usd, usage.net_cost_usd, usage.estimated_cost_usd) is null
    and usage.cost_basis is distinct from 'covered_by_plan' as is_without_cost,
    authority.counts_activity
    and (
        coalesce(usage.requests, 0) > 0
        or coalesce(usage.messages, 0) > 0
        or coalesce(usage.credits, 0) > 0
        or coalesce(usage.input_tokens, 0) + coalesce(usage.cache_read_tokens, 0)
        + coalesce(usage.cache_write_tokens, 0) + coalesce(usage.output_tokens, 0) > 0
        or coalesce(usage.gross_cost_usd, usage.net_cost_usd, 0) > 0
        -- What the vendor itself calls active, where it counts neither prompts nor tokens.
        or (
            usage.row_kind = 'activity'
            and coalesce(usage.metrics['active_days'], usage.metrics['active_periods'], 0) > 0
        )
    )
    -- Whoever a sum holds an amount of must be among the people it is judged by, so money without
    -- anything else is use too; what is not use adds nothing to any figure.
    or (
        authority.counts_cost
        and (
            coalesce(usage.amortised_cost_usd, usage.net_cost_usd, usage.estimated_cost_usd, 0) <> 0
            or coalesce(usage.gross_cost_usd, 0) <> 0
        )
    )
    or (authority.counts_tokens and coalesce(usage.list_cost_usd, 0) <> 0)
    or (usage.row_kind = 'purchase' and coalesce(usage.net_cost_usd, 0) <> 0) as is_use
from usage_in_usd as usage
join kinds on kinds.kind = usage.kind
join account_names
    on account_names.company = usage.company
    and account_names.family = kinds.family
    and account_names.account = usage.account
join authority
    on authority.month = usage.month
    and authority.day = usage.day
    and authority.company = usage.company
    and authority.vendor = usage.vendor
    and authority.family = kinds.family
    and authority.same_account = account_names.same_account
    and authority.kind = usage.kind
left join identities_now as identities
    on identities.company = usage.company and identities.alias = usage.actor
left join key_owners
    on key_owners.company = usage.company and key_owners.key_actor = usage.key_actor
left join rules as service_owners
    on service_owners.subject = 'service_owner'
    and service_owners.company = usage.company
    and service_owners.pattern = usage.actor
    and usage.actor_type = 'service'
