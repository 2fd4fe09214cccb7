-- title: People by month, before pooling
-- grain: one row per month × company × person
-- meaning: A person belongs to one department and role in a month, those of the day of their last use in it, so that departments add up to the company and nobody can be singled out by having moved.
-- asked_by: marts
-- parameters: [months]
with person_use as (
    select
        month,
        company,
        actor as person,
        max(day) filter (where is_use) as last_day,
        coalesce(bit_or(case when period_end is null and is_use then 1::bigint << (day(day) - 1)::integer end), 0)
            as day_mask,
        sum(coalesce(requests, messages))::bigint as actions,
        list_sort(list(distinct dictionary.id) filter (where is_use)) as uses,
        sum(input_tokens)::bigint as input_tokens,
        sum(cache_read_tokens)::bigint as cache_read_tokens,
        sum(cache_write_tokens)::bigint as cache_write_tokens,
        sum(output_tokens)::bigint as output_tokens,
        sum(coalesce(billed_cost_usd, estimated_cost_usd))::decimal(18, 6) as cost_usd
    from counted
    join dictionary using (vendor, model)
    where owner = 'person' and list_contains($months, month)
    group by month, company, actor
    having bool_or(is_use)
)

select
    person_use.* exclude (last_day),
    roster.department,
    roster.role
from person_use
left join roster
    on roster.company = person_use.company
    and roster.person = person_use.person
    and person_use.last_day >= roster.valid_from
    and person_use.last_day < roster.valid_until
