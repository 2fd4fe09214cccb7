-- title: Which vendor moved the cost?
-- grain: one row per vendor × part (usage, seats)
-- people: []
-- hides: []
-- meaning: The change of each vendor's usage and seats between the previous period and this one; they add up to the change of the full cost.
-- parameters: [companies, departments, from_month, is_people, models, pooled, previous_from, previous_to, roles, to_month, vendors, workloads]
with parts as (
    select month, vendor_label as vendor, 'usage' as part,
        coalesce(billed_cost_usd, estimated_cost_usd) is not null as is_known,
        coalesce(billed_cost_usd, 0) + coalesce(estimated_cost_usd, 0) as cost_usd
    from cube_selected(
        $is_people, $companies::varchar[], $departments::varchar[], $roles::varchar[],
        $vendors::varchar[], $models::varchar[], $workloads::varchar[], $pooled::varchar[]
    )
    union all
    select month, vendor, 'seats', cost_usd is not null, cost_usd
    from seats_selected(
        $is_people, $companies::varchar[], $vendors::varchar[], $models::varchar[], $workloads::varchar[]
    )
)

select
    vendor,
    part,
    coalesce(sum(cost_usd) filter (where month between $from_month and $to_month), 0)
        ::decimal(18, 6) as this_cost_usd,
    coalesce(sum(cost_usd) filter (where month between $previous_from and $previous_to), 0)
        ::decimal(18, 6) as previous_cost_usd,
    this_cost_usd - previous_cost_usd as change_usd
from parts
where is_known
    and (
        month between $from_month and $to_month
        or month between $previous_from and $previous_to
    )
group by all
order by abs(change_usd) desc, vendor, part
