-- title: How much is assigned to nothing?
-- grain: one row per subject of rules (workflow, workload_class, autonomy, role_family)
-- people: []
-- hides: []
-- meaning: The share of tokens and of cost whose workflow, workload class or level of autonomy is unknown, and the share of employees without a role family. Employees are those of the newest roster or headcount; where 1 to 4 of them are assigned or are not, their number is not told. A filter by people leaves nothing to show.
-- parameters: [basis, companies, from_month, is_people, models, to_month, vendors, workloads]
with work as (
    select
        *,
        tokens_in($basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens) as tokens
    from work_selected($is_people, $companies::varchar[], $vendors::varchar[], $models::varchar[], $workloads::varchar[])
    where month between $from_month and $to_month
),

parts as (
    select 1 as place, 'workflow' as subject, tokens, cost_usd, workflow = 'unassigned' as is_unassigned
    from work
    union all
    select 2, 'workload_class', tokens, cost_usd, workload_class = 'unassigned'
    from work
    union all
    select 3, 'autonomy', tokens, cost_usd, autonomy is null
    from work
),

staff as (
    select
        employees,
        -- A number of 1 to 4, or of all but 1 to 4, would speak of few people.
        case
            when (unassigned = 0 or unassigned >= 5)
                and (unassigned = employees or employees - unassigned >= 5)
                then unassigned
        end as unassigned_employees
    from (
        select
            sum(employees) as employees,
            coalesce(sum(employees) filter (where role_family = 'unassigned'), 0) as unassigned
        from role_families
        where not $is_people
            and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
    )
    where employees is not null
),

summed as (
    select
        place,
        subject,
        sum(tokens) as tokens,
        coalesce(sum(tokens) filter (where is_unassigned), 0) as unassigned_tokens,
        sum(cost_usd) as cost_usd,
        coalesce(sum(cost_usd) filter (where is_unassigned), 0) as unassigned_cost_usd,
        null as employees,
        null as unassigned_employees
    from parts
    group by all
    union all
    select 4, 'role_family', null, null, null, null, employees, unassigned_employees
    from staff
)

select
    subject,
    tokens::double as tokens,
    unassigned_share(unassigned_tokens, tokens)::double as token_share,
    cost_usd::decimal(18, 6) as cost_usd,
    unassigned_share(unassigned_cost_usd, cost_usd)::double as cost_share,
    employees::double as employees,
    unassigned_share(unassigned_employees, employees)::double as employee_share
from summed
order by place
