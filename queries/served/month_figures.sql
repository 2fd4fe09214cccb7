-- title: Figures by month
-- grain: one row per month with any use, seats or employees under the filters
-- served_as: macro
-- meaning: The sums that the headline figures are ratios of, by month.
create macro month_figures(
    from_month, to_month, is_people, companies, departments, roles, vendors, models, workloads, pooled,
    basis
) as table
    with use_by_month as (
        select
            month,
            sum(billed_cost_usd) as billed_cost_usd,
            sum(estimated_cost_usd) as estimated_cost_usd,
            sum(purchase_cost_usd) as purchase_cost_usd,
            sum(list_cost_usd) as list_cost_usd,
            sum(gross_cost_usd) as gross_cost_usd,
            sum(tokens_in(basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens))
                as tokens,
            owned_sum(
                is_owner_known,
                tokens_in(basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens)
            ) as owned_tokens,
            owned_sum(is_owner_known, gross_cost_usd) as owned_gross_cost_usd,
            sum(tokens_in(basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens))
                filter (where owner = 'person' and not is_owner_known) as unlisted_tokens,
            sum(gross_cost_usd)
                filter (where owner = 'person' and not is_owner_known) as unlisted_gross_cost_usd,
            owned_part_is_shown(
                owner,
                is_owner_known,
                raw_tokens(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens) > 0
                or gross_cost_usd <> 0,
                department_label = '(no department)'
                and (vendors is null or shown_vendor = vendor)
                and (models is null or shown_model = model)
            ) as is_owned_part_shown,
            sum(rows_without_cost) as rows_without_cost
        from cube_selected(is_people, companies, departments, roles, vendors, models, workloads, pooled)
        where month between from_month and to_month
        group by month
    ),

    unattributed as (
        select
            month,
            sum(coalesce(billed_cost_usd, 0) + coalesce(estimated_cost_usd, 0)) as unattributed_cost_usd
        from cube_month
        where is_people
            and owner = 'unknown'
            and month between from_month and to_month
            and (companies is null or list_contains(companies, company))
            and (vendors is null or list_contains(vendors, vendor))
            and (models is null or list_contains(models, model))
        group by month
    ),

    seats_by_month as (
        select
            month,
            sum(cost_usd) as seat_cost_usd
        from seats_selected(is_people, companies, vendors, models, workloads)
        where month between from_month and to_month
        group by month
    ),

    seats_known as (
        select used.month, bool_and(held.company is not null) as is_seats_known
        from (
            select distinct month, company
            from cube_month
            where (companies is null or list_contains(companies, company))
        ) as used
        left join (select distinct month, company from seats) as held using (month, company)
        group by used.month
    ),

    people_by_month as (
        select
            month,
            sum(people)::bigint as active_people,
            (sum(people) filter (where is_with_tokens))::bigint as active_people_with_tokens
        from people_selected(companies, departments, roles, vendors, models, workloads, pooled)
        left join months_with_tokens using (month, company)
        where month between from_month and to_month
        group by month
    ),

    heads_by_month as (
        select
            month,
            -- A filter by people that lets few employees through tells no number of them.
            case
                when coalesce(departments, roles) is null or sum(heads) >= 5 then sum(heads)
            end as employees,
            case
                when coalesce(departments, roles) is null or sum(heads) >= 5
                    then sum(heads) filter (where is_with_tokens)
            end as employees_with_tokens,
            bool_or(heads_source = 'roster') as is_counted_from_roster
        from heads_selected(companies, departments, roles, pooled)
        left join months_with_tokens using (month, company)
        where month between from_month and to_month
        group by month
    )

    select
        month,
        billed_cost_usd,
        estimated_cost_usd,
        seat_cost_usd,
        purchase_cost_usd,
        list_cost_usd,
        gross_cost_usd,
        unattributed_cost_usd,
        coalesce(is_seats_known, false) as is_seats_known,
        tokens,
        owned_tokens,
        owned_gross_cost_usd,
        unlisted_tokens,
        unlisted_gross_cost_usd,
        coalesce(is_owned_part_shown, true) as is_owned_part_shown,
        rows_without_cost,
        active_people,
        active_people_with_tokens,
        employees,
        employees_with_tokens,
        is_counted_from_roster
    from use_by_month
    full join seats_by_month using (month)
    full join heads_by_month using (month)
    left join people_by_month using (month)
    left join unattributed using (month)
    left join seats_known using (month)
