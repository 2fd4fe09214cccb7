-- title: How do departments and roles compare, within and between companies?
-- grain: one row per company × dimension (department, role) × label
-- people: [department, role]
-- all_companies: true
-- hides: []
-- meaning: Tokens and employees of each department and each role of every company, whichever companies are chosen, over the months of which its tokens are known. Groups with few people stand together as (small groups); services and use that names nobody are rows of their own, without employees. Where fewer than five employees stand behind a label their number is not told.
-- parameters: [basis, companies, departments, from_month, is_people, models, pooled, roles, to_month, vendors, workloads]
with used as (
    select
        company,
        department_label,
        role_label,
        sum(tokens_in($basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens)) as tokens
    from cube_selected(
        $is_people, $companies::varchar[], $departments::varchar[], $roles::varchar[],
        $vendors::varchar[], $models::varchar[], $workloads::varchar[], $pooled::varchar[]
    )
    where month between $from_month and $to_month
    group by all
),

used_by as (
    select company, 'department' as dimension, department_label as label, sum(tokens) as tokens
    from used
    group by all
    union all
    select company, 'role', role_label, sum(tokens)
    from used
    group by all
),

employed as (
    select company, month, department_label, role_label, sum(heads) as heads
    from heads_selected(
        $companies::varchar[], $departments::varchar[], $roles::varchar[], $pooled::varchar[]
    )
    join months_with_tokens using (month, company)
    where month between $from_month and $to_month
    group by all
),

employed_by as (
    select company, dimension, label, sum(heads) as employee_months, min(heads) as fewest
    from (
        select company, month, 'department' as dimension, department_label as label, sum(heads) as heads
        from employed
        group by all
        union all
        select company, month, 'role', role_label, sum(heads)
        from employed
        group by all
    )
    group by all
)

select
    company,
    dimension,
    label,
    tokens::double as tokens,
    case when fewest >= 5 then employee_months end::double as employee_months,
    tokens_per_employee(tokens, case when fewest >= 5 then employee_months end)::double
        as tokens_per_employee
from used_by
full join employed_by using (company, dimension, label)
order by company, dimension, tokens desc nulls last, label
