-- title: Figures of companies by month
-- grain: one row per month × company with any use, seats or employees
-- served_as: macro
-- meaning: What the figures of each company are ratios of, whichever companies the view looks at, so that one can be set against the others. Whole companies only, so a filter by people leaves nothing; people are counted only where no vendor, model or kind of work is filtered. A month is complete when every day of it is covered by some usage load of the company.
create macro company_figures(from_month, to_month, is_people, vendors, models, workloads, basis) as table
    with used as (
        select
            month,
            company,
            sum(tokens_in(basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens))
                as tokens,
            sum(billed_cost_usd) as billed_cost_usd,
            sum(estimated_cost_usd) as estimated_cost_usd
        from cube_selected(
            false, null::varchar[], null::varchar[], null::varchar[], vendors, models, workloads,
            []::varchar[]
        )
        where not is_people and month between from_month and to_month
        group by month, company
    ),

    paid as (
        select month, company, sum(cost_usd) as seat_cost_usd
        from seats_selected(is_people, null::varchar[], vendors, models, workloads)
        where month between from_month and to_month
        group by month, company
    ),

    -- Whether seats are known is asked of the company, also where a vendor without any is filtered.
    seats_known as (
        select distinct month, company, true as is_seats_known
        from seats_in_usd
        where cost_usd is not null
    ),

    active as (
        select month, company, sum(people)::bigint as active_people
        from people_selected(
            null::varchar[], null::varchar[], null::varchar[], null::varchar[], null::varchar[],
            workloads, []::varchar[]
        )
        where not is_people
            and coalesce(vendors, models) is null
            and month between from_month and to_month
        group by month, company
    ),

    employed as (
        select
            month,
            company,
            sum(heads) as employees,
            sum(heads) filter (where is_with_tokens) as employees_with_tokens
        from heads
        left join months_with_tokens using (month, company)
        where not is_people and month between from_month and to_month
        group by month, company
    ),

    covered as (
        select
            strftime(day, '%Y-%m') as month,
            company,
            count(distinct day) = day(last_day(min(day))) as is_complete
        from covered_days
        where day between strptime(from_month, '%Y-%m')::date
            and last_day(strptime(to_month, '%Y-%m')::date)
        group by all
    )

    select
        month,
        company,
        tokens,
        billed_cost_usd,
        estimated_cost_usd,
        seat_cost_usd,
        coalesce(is_seats_known, false) as is_seats_known,
        active_people,
        employees,
        employees_with_tokens,
        coalesce(is_complete, false) as is_complete
    from used
    full join paid using (month, company)
    full join employed using (month, company)
    left join seats_known using (month, company)
    left join active using (month, company)
    left join covered using (month, company)
