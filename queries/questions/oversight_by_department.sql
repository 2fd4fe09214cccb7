-- title: Where is someone still looking?
-- grain: one row per period (each month of the trend under its name, 'this', 'previous', 'before') × company × department
-- people: []
-- hides: []
-- meaning: What departments count of their work, reviews and defects, with the ratios. It comes from the outcomes handed in and tells nothing of who used AI; a review load of fewer than five reviewers is not told.
-- parameters: [companies, departments, from_month, previous_from, previous_to, to_month, trend_from]
select
    period,
    company,
    department,
    count(*) as months,
    sum(accepted)::double as accepted,
    sum(needs_review)::double as needs_review,
    oversight_coverage(sum(reviewed), sum(needs_review))::double as oversight_coverage,
    case
        when min(reviewers) >= 5 then review_load(sum(needs_review), sum(reviewer_days))
    end::double as review_load,
    escape_rate(sum(escaped_defects), sum(accepted))::double as escape_rate
from periods($trend_from, $from_month, $to_month, $previous_from, $previous_to) as spans
join reviews_selected($companies::varchar[], $departments::varchar[]) as reviews
    on reviews.month between spans.first_month and spans.last_month
where not is_for_company
group by period, company, department
order by all
