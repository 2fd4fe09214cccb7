-- title: What use has no known owner?
-- grain: one row per company × owner kind × vendor
-- people: []
-- hides: []
-- meaning: Tokens and cost of services without a department and of use that names nobody. People in no roster stand in the department split as (no department), under the same rule as every group.
-- parameters: [basis, companies, from_month, to_month]
select
    company,
    case owner when 'service' then 'services without a department' else 'names nobody' end as what,
    vendor,
    sum(tokens_in($basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens))::double as tokens,
    sum(coalesce(billed_cost_usd, estimated_cost_usd))::decimal(18, 6) as cost_usd
from cube_month
where not is_owner_known
    and owner <> 'person'
    and month between $from_month and $to_month
    and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
group by all
order by tokens desc nulls last, company, what, vendor
