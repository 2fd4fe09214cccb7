-- title: Seats under a view's filters
-- grain: one row per row of seats_in_usd that the filters let through
-- served_as: macro
-- meaning: The one place where filters meet the seats. A seat is of a company and a vendor; it is not shared out to people, models or kinds of work, so a filter by those lets nothing through.
create macro seats_selected(is_people, companies, vendors, models, workloads) as table
    select *
    from seats_in_usd
    where not is_people
        and models is null
        and workloads is null
        and (companies is null or list_contains(companies, company))
        and (vendors is null or list_contains(vendors, vendor))
