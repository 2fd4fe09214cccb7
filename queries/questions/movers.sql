-- title: Who moved the tokens?
-- grain: one row per department label
-- people: [department]
-- hides: []
-- meaning: Tokens by department, this period against the previous one. Departments with few people stand together as (small groups); services and use that names nobody are rows of their own.
-- parameters: [basis, companies, departments, from_month, is_people, models, pooled, previous_from, previous_to, roles, to_month, vendors, workloads]
select
    department_label as department,
    sum(tokens_in($basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens))
        filter (where month between $from_month and $to_month)::double as tokens,
    sum(tokens_in($basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens))
        filter (where month between $previous_from and $previous_to)::double as previous_tokens,
    coalesce(tokens, 0) - coalesce(previous_tokens, 0) as change_tokens
from cube_selected(
    $is_people, $companies::varchar[], $departments::varchar[], $roles::varchar[],
    $vendors::varchar[], $models::varchar[], $workloads::varchar[], $pooled::varchar[]
)
where month between $from_month and $to_month
    or month between $previous_from and $previous_to
group by all
having coalesce(tokens, previous_tokens) is not null
order by abs(change_tokens) desc, department
