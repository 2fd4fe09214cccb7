-- title: Mapped lines under what tells them apart
-- grain: one row per mapped row
-- meaning: >
--   The lines of files that are loaded together, which share a `load_id`, with the pseudonyms of their
--   people and without addresses elsewhere. `grain` is a hash of what tells rows of the store apart.
-- asked_by: intake
with described as (
    select
        load_id,
        line,
        strftime(day, '%Y-%m') as month,
        day,
        period_start,
        period_end,
        company,
        account,
        vendor,
        kind,
        row_kind,
        case
            when actor_type = 'person' and not starts_with(actor, 'p:') then hashed.pseudonym
            when actor_type = 'person' then actor
            else without_addresses(actor)
        end as actor,
        case when actor is null then 'unknown' else coalesce(actor_type, 'unknown') end as actor_type,
        without_addresses(credential) as credential,
        model,
        model_name,
        surface,
        service_tier,
        context_window,
        without_addresses(workspace) as workspace,
        without_addresses(mapped.key_name) as key_name,
        case
            when actor is null or actor_type is distinct from 'person'
                then hashed_key_names.key_actor
        end as key_actor,
        without_addresses(tags) as tags,
        without_addresses(trace) as trace,
        token_basis,
        credit_unit,
        cost_basis,
        coalesce(currency, 'USD') as currency,
        attrs,
        input_tokens,
        cache_read_tokens,
        cache_write_tokens,
        output_tokens,
        reasoning_tokens,
        requests,
        failed_requests,
        messages,
        credits,
        list_cost_usd,
        gross_cost_usd,
        net_cost_usd,
        amortised_cost_usd,
        estimated_cost_usd,
        billed_in_currency,
        metrics,
        case when len(flags) > 0 then list_sort(list_distinct(flags)) end as flags
    from mapped
    left join hashed on hashed.alias = mapped.actor
    left join hashed_key_names on hashed_key_names.key_name = mapped.key_name
)

select
    *,
    hash(
        load_id, day, period_start, period_end, company, account, vendor, kind, row_kind, actor,
        actor_type, credential, model, model_name, surface, service_tier, context_window,
        workspace, key_name, key_actor, tags, trace, token_basis, credit_unit, cost_basis, currency,
        attrs
    ) as grain
from described
