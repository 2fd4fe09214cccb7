-- title: Cost by day
-- grain: one row per month × company × vendor × day with a cost, or one for a month that is told by no day
-- meaning: >
--   Fills the table cost_day for the months of counted. A day is told in thousandths of its month, and
--   a day of few people or keys as the mean of such days; where those are together of few, as the mean
--   of all days with people. Where 1 to 4 had a cost in the whole month, even the days on which they
--   had one would tell of them, so the month stands in one row. So it does, with a cost of NULL, where
--   some of it is billed for longer than a day, or there is none.
-- asked_by: marts
with spent as (
    select
        month,
        company,
        vendor,
        case when period_end is null then day end as day,
        case when owner <> 'service' then coalesce(actor, key_actor) end as person,
        sum(coalesce(billed_cost_usd, estimated_cost_usd)) as cost_usd,
        bool_or(coalesce(billed_cost_usd, estimated_cost_usd) <> 0) as has_cost
    from counted
    where coalesce(billed_cost_usd, estimated_cost_usd) is not null
    group by all
),

days as (
    select
        month,
        company,
        vendor,
        day,
        sum(cost_usd) as cost_usd,
        count(person) filter (where has_cost) as n_people,
        is_of_few(
            count(person) filter (where has_cost),
            max(abs(cost_usd), 2) filter (where person is not null),
            sum(abs(cost_usd)) filter (where person is not null)
        ) as is_of_few
    from spent
    group by month, company, vendor, day
),

pools as (
    select
        month,
        company,
        vendor,
        count(*) as n_people,
        is_of_few(count(*), max(cost_usd, 2), sum(cost_usd)) as is_of_few
    from (
        select
            month,
            company,
            vendor,
            person,
            sum(abs(spent.cost_usd)) as cost_usd
        from spent
        join days using (month, company, vendor, day)
        where days.is_of_few and person is not null and has_cost
        group by month, company, vendor, person
    )
    group by month, company, vendor
),

judged as (
    select
        days.* exclude (is_of_few),
        days.n_people > 0 and (days.is_of_few or coalesce(pools.is_of_few, false)) as is_mean,
        sum(days.cost_usd) over of_month as month_cost_usd,
        coalesce(abs(sum(days.cost_usd) filter (where day is null) over of_month), 0) < 0.01
            as is_known_by_day,
        -- A day of five people or more is of no few, or the pool holds all of them.
        coalesce(pools.n_people < 5, false)
        and bool_and(days.n_people = 0 or days.is_of_few) over of_month as is_month_of_few
    from days
    left join pools using (month, company, vendor)
    window of_month as (partition by month, company, vendor)
),

months as (
    select distinct month, company, vendor, month_cost_usd, is_known_by_day, is_month_of_few
    from judged
)

select
    month,
    company,
    vendor,
    day,
    coalesce(
        round(
            case when is_mean then avg(cost_usd) over of_pool else cost_usd end
            / nullif(month_cost_usd, 0),
            3
        ) * month_cost_usd,
        0
    )::decimal(18, 6) as about_cost_usd,
    is_mean
from judged
where is_known_by_day and not is_month_of_few and day is not null
window of_pool as (partition by month, company, vendor, is_mean)
union all
select
    month,
    company,
    vendor,
    null,
    case when is_known_by_day then month_cost_usd end,
    coalesce(is_known_by_day, false)
from (select distinct month, company, vendor from counted)
left join months using (month, company, vendor)
where (is_known_by_day and not is_month_of_few) is not true
order by all
