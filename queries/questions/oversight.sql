-- title: Is someone still looking?
-- grain: one row per period, each month of the trend under its name, 'this', 'previous' where the two can be compared, and 'before', the three months up to the window
-- people: []
-- hides: []
-- meaning: Oversight coverage, review load, escape and rework rates of the companies or departments that count them. Filters by role, vendor and model do not apply, because outcomes know none of them.
-- parameters: [companies, departments, from_month, previous_from, previous_to, to_month, trend_from]
with by_month as (
    select
        month,
        sum(completed) as completed,
        -- Of those who count both sides of a rate only, or it would be diluted by who does not.
        sum(accepted) filter (where escaped_defects is not null) as accepted,
        sum(escaped_defects) filter (where accepted is not null) as escaped_defects,
        sum(reworked) filter (where completed is not null) as reworked,
        sum(completed) filter (where reworked is not null) as completed_with_rework,
        sum(reviewed) filter (where needs_review is not null) as reviewed,
        sum(needs_review) filter (where reviewed is not null) as needs_review,
        sum(needs_review) filter (where reviewer_days is not null) as shared_out,
        sum(reviewer_days) filter (where needs_review is not null) as reviewer_days,
        sum(reviewers) as reviewers
    from reviews_selected($companies::varchar[], $departments::varchar[])
    where is_for_company
    group by month
),

summed as (
    select
        period,
        sum(completed) as completed,
        sum(accepted) as accepted,
        sum(escaped_defects) as escaped_defects,
        sum(reworked) as reworked,
        sum(completed_with_rework) as completed_with_rework,
        sum(reviewed) as reviewed,
        sum(needs_review) as needs_review,
        sum(shared_out) as shared_out,
        sum(reviewer_days) as reviewer_days,
        min(reviewers) as fewest_reviewers
    from periods($trend_from, $from_month, $to_month, $previous_from, $previous_to) as spans
    join by_month on by_month.month between spans.first_month and spans.last_month
    group by period
)

select
    period,
    completed::double as completed,
    accepted::double as accepted,
    needs_review::double as needs_review,
    oversight_coverage(reviewed, needs_review)::double as oversight_coverage,
    case when fewest_reviewers >= 5 then review_load(shared_out, reviewer_days) end::double as review_load,
    escape_rate(escaped_defects, accepted)::double as escape_rate,
    rework_rate(reworked, completed_with_rework)::double as rework_rate
from summed
order by period
