-- title: Which vendors does each company pay, and how much hangs on one of them?
-- grain: one row per company × vendor
-- people: []
-- all_companies: true
-- hides: []
-- meaning: Full cost by vendor, its share of the company's own, and the concentration of the vendors, for every company, whichever companies are chosen. Whole companies only, so a filter by people leaves nothing to show.
-- parameters: [companies, from_month, is_people, models, to_month, vendors, workloads]
with usage_cost as (
    select company, vendor, sum(billed_cost_usd) as billed_cost_usd,
        sum(estimated_cost_usd) as estimated_cost_usd
    from work_selected($is_people, $companies::varchar[], $vendors::varchar[], $models::varchar[], $workloads::varchar[])
    where month between $from_month and $to_month
    group by all
),

seat_cost as (
    select company, vendor, sum(cost_usd) as seat_cost_usd
    from seats_selected(
        $is_people, $companies::varchar[], $vendors::varchar[], $models::varchar[], $workloads::varchar[]
    )
    where month between $from_month and $to_month
    group by all
),

paid as (
    select
        company,
        vendor,
        full_cost_usd(billed_cost_usd, estimated_cost_usd, seat_cost_usd) as cost_usd
    from usage_cost
    full join seat_cost using (company, vendor)
)

select
    company,
    vendor,
    cost_usd::decimal(18, 6) as full_cost_usd,
    (cost_usd / nullif(sum(cost_usd) over of_company, 0))::double as cost_share,
    vendor_concentration(
        -- In order: a sum of floats depends on that of its rows.
        sum(pow(cost_usd, 2) order by cost_usd) over of_company,
        (sum(cost_usd) over of_company)::double
    )::double as vendor_concentration
from paid
where cost_usd > 0
window of_company as (partition by company)
order by company, cost_usd desc, vendor
