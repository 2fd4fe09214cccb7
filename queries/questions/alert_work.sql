-- title: Is work done again, unseen, or faulty more than in the months before?
-- grain: one row per company × whole month of the trend with any count of work, reviews or defects
-- people: []
-- hides: []
-- meaning: The rework rate beside the median of the six months before, oversight coverage, and the escape rate beside that of the three months before, a ratio of sums, each with what it is a rate of.
-- parameters: [companies, to_month, trend_from]
with counted as (
    select
        company,
        month,
        sum(completed) filter (where reworked is not null) as completed,
        sum(reworked) filter (where completed is not null) as reworked,
        sum(needs_review) filter (where reviewed is not null) as needs_review,
        sum(reviewed) filter (where needs_review is not null) as reviewed,
        sum(accepted) filter (where escaped_defects is not null) as accepted,
        sum(escaped_defects) filter (where accepted is not null) as escaped_defects
    from reviews_selected($companies::varchar[], null::varchar[])
    join whole_months using (company, month)
    where is_for_company
        and month between $trend_from and $to_month
    group by company, month
),

known as (
    select *, rework_rate(reworked, completed) as rework_rate
    from counted
)

select
    company,
    month,
    completed::double as completed,
    rework_rate::double as rework_rate,
    count(rework_rate) over six_before as rework_months_before,
    (sum(completed) over six_before)::double as completed_before,
    (median(rework_rate) over six_before)::double as usual_rework_rate,
    needs_review::double as needs_review,
    oversight_coverage(reviewed, needs_review)::double as oversight_coverage,
    accepted::double as accepted,
    escape_rate(escaped_defects, accepted)::double as escape_rate,
    count(accepted) over three_before as escape_months_before,
    (sum(accepted) over three_before)::double as accepted_before,
    escape_rate(
        sum(escaped_defects) over three_before,
        sum(accepted) over three_before
    )::double as usual_escape_rate
from known
window
    six_before as (
        partition by company
        order by month_start(month) range between interval 6 month preceding and interval 1 month preceding
    ),
    three_before as (
        partition by company
        order by month_start(month) range between interval 3 month preceding and interval 1 month preceding
    )
order by company, month
