-- title: What would the next rule catch?
-- grain: one row per company × subject × field × value
-- people: []
-- hides: []
-- meaning: The 20 largest values of each field among what no rule has caught yet. The same use stands under each of its fields, so values of different fields are not to be added. Values that speak of 1 to 4 people, in a month or among the employees, are left out. Filters by people, vendor, model and kind of work leave nothing to show.
-- parameters: [basis, companies, from_month, is_people, models, to_month, vendors, workloads]
with work as (
    from work_selected($is_people, $companies::varchar[], $vendors::varchar[], $models::varchar[], $workloads::varchar[])
    where workflow <> 'unassigned'
),

open_use as (
    select
        month, company, 'workflow' as subject, field, value,
        input_tokens, cache_read_tokens, cache_write_tokens, output_tokens,
        full_cost_usd(billed_cost_usd, estimated_cost_usd, null) as cost_usd
    from unassigned_month
    union all
    select
        month, company, 'workload_class', 'workflow', workflow,
        input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, cost_usd
    from work
    where workload_class = 'unassigned'
    union all
    select
        month, company, 'autonomy', 'workflow', workflow,
        input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, cost_usd
    from work
    where autonomy is null
),

candidates as (
    select
        company,
        subject,
        field,
        value,
        sum(tokens_in($basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens))
            ::double as tokens,
        sum(cost_usd)::decimal(18, 6) as cost_usd,
        null::double as employees
    from open_use
    where month between $from_month and $to_month
    group by all
    union all
    select company, 'role_family', field, value, null, null, sum(employees)::double
    from (
        select company, role, job_title, department, employees
        from role_families
        where role_family = 'unassigned'
    )
    unpivot (value for field in (role, job_title, department))
    group by all
    having sum(employees) >= 5
)

select *
from candidates
where not $is_people
    and $vendors::varchar[] is null
    and $models::varchar[] is null
    and $workloads::varchar[] is null
    and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
qualify row_number() over (
    partition by company, subject, field
    order by tokens desc nulls last, cost_usd desc nulls last, employees desc nulls last, value
) <= 20
order by
    company,
    subject,
    tokens desc nulls last,
    cost_usd desc nulls last,
    employees desc nulls last,
    field,
    value
