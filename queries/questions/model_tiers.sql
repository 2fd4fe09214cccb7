-- title: On which tier and with which context window does each model run?
-- grain: one row per company × vendor × model
-- people: []
-- all_companies: true
-- hides: []
-- meaning: The service tiers and the context windows that exports name for a model, those with most tokens first; exports that name none are not counted among them. What one to four people used is left out. Whole companies only, so a filter by people or by kind of work leaves nothing to show.
-- parameters: [companies, from_month, is_people, models, to_month, vendors, workloads]
with told as (
    select
        company,
        vendor,
        coalesce(model, '') as model,
        concat_ws(', ', service_tier, context_window) as tier,
        sum(raw_tokens(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens)) as raw_tokens
    from usage
    where not $is_people
        and $workloads::varchar[] is null
        and month between $from_month and $to_month
        and row_kind = 'tokens'
        and model <> ''
        and coalesce(service_tier, context_window) is not null
        and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
        and ($vendors::varchar[] is null or list_contains($vendors::varchar[], vendor))
        and ($models::varchar[] is null or list_contains($models::varchar[], model))
    group by all
    having count(distinct actor) filter (where actor_type is distinct from 'service') not between 1 and 4
)

select company, vendor, model, string_agg(tier, '; ' order by raw_tokens desc, tier) as tiers
from told
where raw_tokens > 0
group by company, vendor, model
order by company, vendor, model
