-- title: Which vendor costs more than its own months before?
-- grain: one row per company × vendor × whole month of the trend
-- people: []
-- hides: []
-- meaning: The full cost of a vendor beside the median of the six months before, and the median absolute deviation of those. Only months of which the same parts are known (usage, seats) are set against each other, and only whole ones.
-- parameters: [companies, to_month, trend_from]
with known as (
    select
        month,
        company,
        vendor,
        full_cost_usd(usage_cost_usd, null, seat_cost_usd) as full_cost_usd,
        usage_cost_usd is not null as has_usage,
        is_seats_known
    from vendor_costs($trend_from, $to_month, $companies::varchar[])
    join whole_months using (company, month)
    where is_seat_cost_known
        and full_cost_usd is not null
)

select
    company,
    vendor,
    month,
    full_cost_usd::decimal(18, 6) as full_cost_usd,
    count(*) over before as months_before,
    median(full_cost_usd::double) over before as usual_cost_usd,
    mad(full_cost_usd::double) over before as deviation_usd
from known
window before as (
    partition by company, vendor, has_usage, is_seats_known
    order by month_start(month) range between interval 6 month preceding and interval 1 month preceding
)
order by company, vendor, month
