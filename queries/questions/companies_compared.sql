-- title: How do the companies compare?
-- grain: one row per company of the installation
-- people: []
-- hides: []
-- meaning: The figures of every company in the window, whichever companies are chosen, with what each of them is. Where two or more companies are chosen they are compared among themselves (is_in_view), else each with all others. A company whose months are not complete is told and not compared; with fewer than five others there are no statistics of peers.
-- parameters: [basis, companies, from_month, is_people, models, to_month, vendors, workloads]
with summed as (
    select
        company,
        count(*) as months,
        bool_and(is_complete) as is_complete,
        sum(tokens) as tokens,
        sum(billed_cost_usd) as billed_cost_usd,
        sum(estimated_cost_usd) as estimated_cost_usd,
        sum(seat_cost_usd) as seat_cost_usd,
        bool_and(is_seats_known) as is_seats_known,
        case when count(active_people) = count(*) then sum(active_people) end::bigint as person_months,
        case when count(employees) = count(*) then sum(employees) end as employee_months,
        case when count(employees) = count(*) then sum(employees_with_tokens) end
            as employee_months_with_tokens
    from company_figures(
        $from_month, $to_month, $is_people, $vendors::varchar[], $models::varchar[], $workloads::varchar[], $basis
    )
    group by company
),

compared as (
    select
        company,
        $companies::varchar[] is null or list_contains($companies::varchar[], company) as is_chosen,
        $companies::varchar[] is null
        or len($companies::varchar[]) < 2
        or list_contains($companies::varchar[], company) as is_in_view,
        is_complete
        and months = datediff(
            'month', strptime($from_month, '%Y-%m')::date, strptime($to_month, '%Y-%m')::date
        ) + 1 as is_complete,
        is_seats_known,
        tokens,
        full_cost_usd(billed_cost_usd, estimated_cost_usd, seat_cost_usd) as full_cost_usd,
        person_months,
        employee_months,
        employee_months_with_tokens,
        employee_months / months as employees,
        tokens_per_employee(tokens, employee_months_with_tokens)::double as tokens_per_employee
    from summed
),

beside_peers as (
    select
        own.company,
        count(*) as peers,
        median(peer.tokens_per_employee) as peers_median,
        count(*) filter (where peer.tokens_per_employee < own.tokens_per_employee) as peers_below,
        count(*) filter (where peer.tokens_per_employee = own.tokens_per_employee) as peers_alike
    from compared as own
    join compared as peer on peer.company <> own.company
    where own.is_in_view
        and own.is_complete
        and own.tokens_per_employee is not null
        and peer.is_in_view
        and peer.is_complete
        and peer.tokens_per_employee is not null
    group by own.company
)

select
    compared.company,
    company_traits.sector,
    companies.sector as sector_key,
    company_traits.origin,
    company_traits.size,
    is_chosen,
    is_in_view,
    is_complete,
    is_seats_known,
    tokens::double as tokens,
    full_cost_usd::decimal(18, 6) as full_cost_usd,
    person_months,
    employee_months::double as employee_months,
    employee_months_with_tokens::double as employee_months_with_tokens,
    compared.employees::double as employees,
    tokens_per_employee,
    active_share(person_months, employee_months)::double as active_share,
    cost_per_employee_usd(full_cost_usd, employee_months)::double as cost_per_employee_usd,
    coalesce(peers, 0) as peers,
    case when peers >= 5 then peers_median end as peers_median,
    peer_index(tokens_per_employee, peers_median, peers)::double as peer_index,
    peer_percentile(peers_below, peers_alike, peers)::double as peer_percentile
from compared
left join beside_peers using (company)
left join company_traits using (company)
left join companies using (company)
order by compared.tokens desc nulls last, compared.company
