-- title: Assumptions in force
-- grain: one row per company × assumption × workflow × role
-- served_as: macro
-- meaning: What is believed by the end of a month. What holds from a later day counts before what holds from an earlier one; of the same day what was decided counts before what a file brought, and the newer before the older. A value that was taken back is none.
create macro assumptions_held(companies, to_month) as table
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
            and (companies is null or company is null or list_contains(companies, company))
    )
    where place = 1 and mode is not null
