-- title: Assumptions in force before a decision
-- grain: one row per company × assumption × workflow × role
-- served_as: macro
-- meaning: Assumptions in force as if nothing had been decided here at a time or after it, NULL for all that was. It tells what a decision moved.
create macro assumptions_held_before(companies, to_month, decided_before) as table
    select * exclude (place)
    from (
        select
            *,
            row_number() over (
                partition by company, assumption, workflow, role
                order by effective_date desc nulls last, decided_at desc nulls last, load_id desc nulls last
            ) as place
        from assumptions
        where coalesce(effective_date, date '1900-01-01') <= month_end(to_month)
            and (decided_before is null or decided_at is null or decided_at < decided_before)
            and (companies is null or company is null or list_contains(companies, company))
    )
    where place = 1 and mode is not null
