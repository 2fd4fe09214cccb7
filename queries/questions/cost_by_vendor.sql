-- title: What does each vendor cost, month by month?
-- grain: one row per month × vendor
-- people: []
-- hides: []
-- meaning: Full cost by vendor; under a filter by people, usage cost that names a person.
-- parameters: [companies, departments, is_people, models, pooled, roles, to_month, trend_from, vendors, workloads]
with usage_cost as (
    select month, vendor_label as vendor, sum(billed_cost_usd) as billed_cost_usd,
        sum(estimated_cost_usd) as estimated_cost_usd
    from cube_selected(
        $is_people, $companies::varchar[], $departments::varchar[], $roles::varchar[],
        $vendors::varchar[], $models::varchar[], $workloads::varchar[], $pooled::varchar[]
    )
    where month between $trend_from and $to_month
    group by all
),

seat_cost as (
    select month, vendor, sum(cost_usd) as seat_cost_usd
    from seats_selected(
        $is_people, $companies::varchar[], $vendors::varchar[], $models::varchar[], $workloads::varchar[]
    )
    where month between $trend_from and $to_month
    group by all
)

select
    month,
    vendor,
    full_cost_usd(billed_cost_usd, estimated_cost_usd, seat_cost_usd)::decimal(18, 6) as full_cost_usd,
    billed_cost_usd::decimal(18, 6) as billed_cost_usd,
    estimated_cost_usd::decimal(18, 6) as estimated_cost_usd,
    seat_cost_usd::decimal(18, 6) as seat_cost_usd
from usage_cost
full join seat_cost using (month, vendor)
where full_cost_usd is not null
order by month, vendor
