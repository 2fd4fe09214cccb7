-- title: Cost by company and vendor
-- grain: one row per month × company × vendor with use or seats
-- served_as: macro
-- meaning: The parts of the full cost of each vendor. Seats are known in a month for which a seats file of the company holds any; those of a vendor whose currency has no rate then are not.
create macro vendor_costs(from_month, to_month, companies) as table
    with used as (
        select
            month,
            company,
            vendor,
            full_cost_usd(sum(billed_cost_usd), sum(estimated_cost_usd), null) as usage_cost_usd
        from cube_month
        where month between from_month and to_month
            and (companies is null or list_contains(companies, company))
        group by month, company, vendor
    ),

    paid as (
        select
            month,
            company,
            vendor,
            sum(cost_usd) as seat_cost_usd,
            count(cost_usd) = count(*) as is_seat_cost_known
        from seats_in_usd
        where month between from_month and to_month
            and (companies is null or list_contains(companies, company))
        group by month, company, vendor
    ),

    seats_known as (
        select distinct month, company, true as is_seats_known
        from seats
    )

    select
        month,
        company,
        vendor,
        usage_cost_usd,
        seat_cost_usd,
        coalesce(is_seat_cost_known, true) as is_seat_cost_known,
        coalesce(is_seats_known, false) as is_seats_known
    from used
    full join paid using (month, company, vendor)
    left join seats_known using (month, company)
