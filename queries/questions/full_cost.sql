-- title: What does AI cost, and what is it made of?
-- grain: one row per period, each month of the trend under its name, 'this' and, where the two can be compared, 'previous'
-- people: []
-- hides: []
-- meaning: The full cost and its parts, the list price of the tokens beside what was paid for their use, and the cost behind each employee. What was paid stands beside the list price only of vendors and models that have one; `listed_share` of the tokens of these vendors are of such models.
-- parameters: [basis, companies, departments, from_month, is_people, models, pooled, previous_from, previous_to, roles, to_month, trend_from, vendors, workloads]
with figures as (
    select *
    from month_figures(
        least($trend_from, coalesce($previous_from, $trend_from)), $to_month, $is_people,
        $companies::varchar[], $departments::varchar[], $roles::varchar[], $vendors::varchar[],
        $models::varchar[], $workloads::varchar[], $pooled::varchar[], $basis
    )
),

by_model as (
    select
        month,
        company,
        vendor_label,
        coalesce(sum(billed_cost_usd), 0) + coalesce(sum(estimated_cost_usd), 0) as paid_usd,
        sum(list_cost_usd) as list_cost_usd,
        sum(tokens_in($basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens))
            as tokens
    from cube_selected(
        $is_people, $companies::varchar[], $departments::varchar[], $roles::varchar[],
        $vendors::varchar[], $models::varchar[], $workloads::varchar[], $pooled::varchar[]
    )
    where month between least($trend_from, coalesce($previous_from, $trend_from)) and $to_month
    group by month, company, vendor_label, model_label
),

listed as (
    select
        month,
        sum(paid_usd) as listed_cost_usd,
        sum(listed_tokens) as listed_tokens,
        sum(tokens) as compared_tokens
    from (
        select
            month,
            -- A bill without tokens stays: it may be that of models which have a list price.
            sum(paid_usd) filter (where list_cost_usd is not null or coalesce(tokens, 0) = 0) as paid_usd,
            sum(tokens) filter (where list_cost_usd is not null) as listed_tokens,
            sum(tokens) as tokens
        from by_model
        group by month, company, vendor_label
        having sum(list_cost_usd) is not null
    )
    group by month
),

summed as (
    select
        period,
        count(*) as months,
        sum(billed_cost_usd) as billed_cost_usd,
        sum(estimated_cost_usd) as estimated_cost_usd,
        sum(seat_cost_usd) as seat_cost_usd,
        full_cost_usd(sum(billed_cost_usd), sum(estimated_cost_usd), sum(seat_cost_usd)) as full_cost_usd,
        sum(listed_cost_usd) as listed_cost_usd,
        sum(list_cost_usd) as list_cost_usd,
        sum(listed_tokens) / nullif(sum(compared_tokens), 0) as listed_share,
        bool_and(is_seats_known) as is_seats_known,
        case when count(employees) = count(*) then sum(employees) end as employee_months
    from periods($trend_from, $from_month, $to_month, $previous_from, $previous_to) as spans
    join figures on figures.month between spans.first_month and spans.last_month
    left join listed using (month)
    where period <> 'before'
    group by period
)

select
    period,
    full_cost_usd::decimal(18, 6) as full_cost_usd,
    billed_cost_usd::decimal(18, 6) as billed_cost_usd,
    estimated_cost_usd::decimal(18, 6) as estimated_cost_usd,
    seat_cost_usd::decimal(18, 6) as seat_cost_usd,
    is_seats_known,
    estimated_share(estimated_cost_usd, full_cost_usd)::double as estimated_share,
    list_cost_usd::decimal(18, 6) as list_cost_usd,
    listed_cost_usd::decimal(18, 6) as listed_cost_usd,
    listed_share::double as listed_share,
    paid_of_list_share(listed_cost_usd, list_cost_usd, listed_share)::double as paid_of_list_share,
    (employee_months / months)::double as employees,
    cost_per_employee_usd(full_cost_usd, employee_months)::double as cost_per_employee_usd
from summed
order by period
