-- title: The assumption decided last
-- grain: one row, none where no assumption was decided here
-- served_as: macro
-- meaning: The newest assumption that was decided here and holds by the end of a month, also where it was taken back. Cut-offs of maturity are none, nor is the choice of what a workflow is counted by.
create macro assumption_decided_last(companies, to_month) as table
    select *
    from assumptions
    where decided_at is not null
        and not starts_with(assumption, 'maturity.')
        and assumption <> 'value_basis'
        and coalesce(effective_date, date '1900-01-01') <= month_end(to_month)
        and (companies is null or list_contains(companies, company))
    order by decided_at desc
    limit 1
