-- title: Is someone still looking?
-- grain: one row per period, each month of the trend under its name, 'this', 'previous' where the two can be compared, and 'before', the three months up to the window
-- people: []
-- hides: []
-- meaning: Oversight coverage, review load, escape and rework rates of the companies or departments that count them. Filters by role, vendor and model do not apply, because outcomes know none of them.
-- parameters: [companies, departments, from_month, previous_from, previous_to, to_month, trend_from]
with summed as (
    select
        period,
        count(distinct company) as companies,
        sum(completed) as completed,
        sum(accepted) filter (where escaped_defects is not null) as accepted,
        sum(escaped_defects) filter (where accepted is not null) as escaped_defects,
        sum(reworked) filter (where completed is not null) as reworked,
        sum(reviewed) filter (where needs_review is not null) as reviewed,
        sum(needs_review) filter (where reviewed is not null) as needs_review,
        sum(needs_review) filter (where reviewer_days is not null) as shared_out,
        sum(reviewer_days) filter (where needs_review is not null) as reviewer_days,
        min(reviewers) as fewest_reviewers
    from periods($trend_from, $from_month, $to_month, $previous_from, $previous_to) as spans
    join reviews_selected($companies::varchar[], $departments::varchar[]) as reviews
        on reviews.month between spans.first_month and spans.last_month
    where (department is null) = ($departments::varchar[] is null)
    group by period
)

select
    period,
    companies,
    completed::double as completed,
    accepted::double as accepted,
    needs_review::double as needs_review,
    oversight_coverage(reviewed, needs_review)::double as oversight_coverage,
    case when fewest_reviewers >= 5 then review_load(shared_out, reviewer_days) end::double as review_load,
    escape_rate(escaped_defects, accepted)::double as escape_rate,
    rework_rate(reworked, completed)::double as rework_rate
from summed
order by period
