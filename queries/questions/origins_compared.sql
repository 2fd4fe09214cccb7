-- title: Do companies built on AI use it otherwise?
-- grain: one row per origin (AI-native, enterprise)
-- people: []
-- hides: []
-- meaning: Tokens per employee and the share of work that agents own, of the companies of each origin together, under the rule of companies_compared for which of them are compared. Companies whose months are not complete, or whose employees or tokens are unknown, are left out.
-- parameters: [basis, companies, from_month, is_people, models, to_month, vendors, workloads]
with by_company as (
    select
        company,
        sum(tokens) as tokens,
        sum(employees_with_tokens) as employee_months
    from company_figures(
        $from_month, $to_month, $is_people, $vendors::varchar[], $models::varchar[], $workloads::varchar[], $basis
    )
    where $companies::varchar[] is null
        or len($companies::varchar[]) < 2
        or list_contains($companies::varchar[], company)
    group by company
    having bool_and(is_complete)
        and count(employees) = datediff(
            'month', strptime($from_month, '%Y-%m')::date, strptime($to_month, '%Y-%m')::date
        ) + 1
        and sum(tokens) is not null
),

work as (
    select
        company,
        sum(tokens_in($basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens))
            filter (where autonomy >= 2) as agent_tokens,
        bool_or(autonomy is not null) as is_level_known
    from work_selected($is_people, null::varchar[], $vendors::varchar[], $models::varchar[], $workloads::varchar[])
    where month between $from_month and $to_month
    group by company
)

select
    origin,
    count(*) as companies,
    sum(tokens)::double as tokens,
    sum(employee_months)::double as employee_months,
    tokens_per_employee(sum(tokens), sum(employee_months))::double as tokens_per_employee,
    case
        when bool_and(is_level_known)
            then agent_owned_share(coalesce(sum(agent_tokens), 0), sum(tokens))
    end::double as agent_owned_share
from by_company
join company_traits using (company)
left join work using (company)
group by origin
order by origin
