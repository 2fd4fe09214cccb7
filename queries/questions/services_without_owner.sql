-- title: Which services have no department?
-- grain: one row per company × vendor × service
-- people: []
-- hides: []
-- meaning: Service accounts and keys whose use belongs to no department yet; a person's key is not among them.
-- parameters: [companies, from_month, to_month]
select
    usage.company,
    usage.vendor,
    usage.actor as service,
    sum(raw_tokens(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens))::double as tokens
from usage
where usage.actor_type = 'service'
    and usage.month between $from_month and $to_month
    and ($companies::varchar[] is null or list_contains($companies::varchar[], usage.company))
    and not exists (
        select 1
        from rules
        where rules.subject = 'service_owner'
            and rules.company = usage.company
            and rules.pattern = usage.actor
    )
    and not exists (
        select 1
        from known_keys
        where known_keys.company = usage.company and known_keys.key_actor = usage.key_actor
    )
group by all
order by tokens desc nulls last, company, vendor, service
