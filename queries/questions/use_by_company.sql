-- title: How many tokens stand behind each employee of a company?
-- grain: one row per period (each month of the trend under its name, 'this', 'previous') × company
-- people: []
-- hides: []
-- meaning: Tokens and employees of each company with their ratio, whatever people the filters choose.
-- parameters: [basis, companies, from_month, models, previous_from, previous_to, to_month, trend_from, vendors, workloads]
with used as (
    select
        month,
        company,
        sum(tokens_in($basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens)) as tokens
    from cube_selected(
        false, $companies::varchar[], null::varchar[], null::varchar[], $vendors::varchar[],
        $models::varchar[], $workloads::varchar[], []::varchar[]
    )
    group by all
),

employed as (
    select
        month,
        company,
        sum(heads) as employees,
        sum(heads) filter (where is_with_tokens) as employees_with_tokens
    from heads
    left join months_with_tokens using (month, company)
    group by all
    having employees >= 5
)

select
    period,
    company,
    sum(tokens)::double as tokens,
    (sum(employees) / count(*))::double as employees,
    tokens_per_employee(sum(tokens), sum(employees_with_tokens))::double as tokens_per_employee
from periods($trend_from, $from_month, $to_month, $previous_from, $previous_to) as spans
join used on used.month between spans.first_month and spans.last_month
join employed using (month, company)
where period <> 'before'
group by period, company
order by all
