-- title: How many tokens stand behind each employee?
-- grain: one row per period, each month of the trend under its name, 'this' and, where the two can be compared, 'previous'
-- people: []
-- hides: [active_people, active_share, tokens_per_active_person]
-- meaning: Tokens per employee in the three bases, and in the chosen one as breadth (active people per employee) times depth (tokens per active person). People and employees are those of companies whose tokens are known in the month, so that what is unknown is not counted as none.
-- parameters: [basis, companies, departments, from_month, is_people, models, pooled, previous_from, previous_to, roles, to_month, trend_from, vendors, workloads]
with figures as (
    select *
    from month_figures(
        least($trend_from, coalesce($previous_from, $trend_from)), $to_month, $is_people,
        $companies::varchar[], $departments::varchar[], $roles::varchar[], $vendors::varchar[],
        $models::varchar[], $workloads::varchar[], $pooled::varchar[], $basis
    )
),

bases as (
    select
        month,
        sum(raw_tokens(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens)) as raw,
        sum(fresh_tokens(input_tokens, cache_write_tokens, output_tokens)) as fresh,
        sum(weighted_tokens(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens)) as weighted
    from cube_selected(
        $is_people, $companies::varchar[], $departments::varchar[], $roles::varchar[],
        $vendors::varchar[], $models::varchar[], $workloads::varchar[], $pooled::varchar[]
    )
    where month between least($trend_from, coalesce($previous_from, $trend_from)) and $to_month
    group by month
),

summed as (
    select
        period,
        count(*) as months,
        sum(tokens) as tokens,
        sum(raw) as raw,
        sum(fresh) as fresh,
        sum(weighted) as weighted,
        sum(active_people_with_tokens)::bigint as person_months,
        min(active_people_with_tokens)::bigint as fewest_active_people,
        max(active_people_with_tokens)::bigint as most_active_people,
        case when count(employees) = count(*) then sum(employees_with_tokens) end as employee_months
    from periods($trend_from, $from_month, $to_month, $previous_from, $previous_to) as spans
    join figures on figures.month between spans.first_month and spans.last_month
    left join bases using (month)
    where period <> 'before'
    group by period
)

select
    period,
    tokens::double as tokens,
    (employee_months / months)::double as employees,
    active_people(person_months, months)::double as active_people,
    tokens_per_employee(tokens, employee_months)::double as tokens_per_employee,
    active_share(person_months, employee_months)::double as active_share,
    tokens_per_active_person(tokens, person_months)::double as tokens_per_active_person,
    tokens_per_employee(raw, employee_months)::double as raw_tokens_per_employee,
    tokens_per_employee(fresh, employee_months)::double as fresh_tokens_per_employee,
    tokens_per_employee(weighted, employee_months)::double as weighted_tokens_per_employee,
    person_months,
    fewest_active_people,
    most_active_people
from summed
order by period
