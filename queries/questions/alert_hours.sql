-- title: Does work take longer than in the months before?
-- grain: one row per company × outcome (resolution_hours, lead_time_hours) × whole month of the trend
-- people: []
-- hides: []
-- meaning: The mean hours to resolve a ticket and from commit to production, beside the median of the six months before.
-- parameters: [companies, to_month, trend_from]
with known as (
    select
        company,
        metric,
        month,
        mean_hours(sum(value * n), sum(n)) as hours,
        sum(n) as cases
    from outcomes_by_scope
    join whole_months using (company, month)
    where metric in ('resolution_hours', 'lead_time_hours')
        and counts_for_company
        and month between $trend_from and $to_month
        and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
    group by company, metric, month
)

select
    company,
    metric,
    month,
    hours::double as hours,
    cases::bigint as cases,
    count(*) over before as months_before,
    (median(hours) over before)::double as usual_hours
from known
window before as (
    partition by company, metric
    order by month_start(month) range between interval 6 month preceding and interval 1 month preceding
)
order by company, metric, month
