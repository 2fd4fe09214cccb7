-- title: Work and its reviews under a view's filters
-- grain: one row per month × company × department with any count of work, reviews or defects, once for the department and once for its part in the company
-- served_as: macro
-- meaning: The sums that coverage, review load, escape and rework rates are ratios of. Rows for the company are those that count for it once, under a filter by department those of the departments; their department is empty where the company handed in one number, or a scope that is no department. Reviewer days are reviewers times the Mondays to Fridays of the month.
create macro reviews_selected(companies, departments) as table
    with counted as (
        select month, company, department, metric, value, false as is_for_company
        from outcomes_by_scope
        where counts_for_department
        union all
        select month, company, department, metric, value, true
        from outcomes_by_scope
        where case when departments is null then counts_for_company else counts_for_department end
    )

    select
        month,
        company,
        department,
        is_for_company,
        sum(value) filter (where metric = 'completed') as completed,
        sum(value) filter (where metric = 'accepted') as accepted,
        sum(value) filter (where metric = 'reworked') as reworked,
        sum(value) filter (where metric = 'needs_review') as needs_review,
        sum(value) filter (where metric = 'reviewed') as reviewed,
        sum(value) filter (where metric = 'reviewers') as reviewers,
        sum(value) filter (where metric = 'escaped_defects') as escaped_defects,
        reviewers * workdays(month) as reviewer_days
    from counted
    where (companies is null or list_contains(companies, company))
        and (departments is null or list_contains(departments, department))
    group by month, company, department, is_for_company
    having coalesce(completed, accepted, needs_review, reviewed, escaped_defects) is not null
