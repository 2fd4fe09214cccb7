-- title: Sources that count the most
-- grain: one row per company × vendor × measure × month × account
-- meaning: Which kind most of an account's tokens, or of its cost, is counted from in a month, and whether all is. A gateway or FOCUS knows none of the vendor's accounts and stands as '*'; of it and the vendor's own exports only those stand from which more of the month is counted.
-- asked_by: store
with counting as (
    select
        month, company, vendor, family, account, kind, is_foreign,
        'tokens' as measure,
        counted_tokens as amount,
        days_counted_for_tokens as days
    from source_month
    union all
    select
        month, company, vendor, family, account, kind, is_foreign,
        'cost',
        counted_cost_usd,
        days_counted_for_cost
    from source_month
),

placed as (
    select
        company,
        vendor,
        measure,
        month,
        case when is_foreign then '*' else family end as family,
        case when is_foreign then '*' else account end as account,
        kind,
        is_foreign,
        sum(amount) as amount,
        sum(days) as days
    from counting
    where days > 0
    group by all
),

sided as (
    select
        *,
        sum(amount) over of_side as side_amount,
        sum(days) over of_side as side_days
    from placed
    window of_side as (partition by company, vendor, measure, month, is_foreign)
),

largest as (
    select *
    from sided
    qualify rank() over (
        partition by company, vendor, measure, month
        order by side_amount desc nulls last, side_days desc, is_foreign
    ) = 1
)

select
    company,
    vendor,
    measure,
    month,
    family,
    account,
    first(kind order by amount desc nulls last, days desc, kind) as kind,
    count(*) = 1 and not bool_or(side_days < all_days) as is_all
from (
    select largest.*, of_month.all_days
    from largest
    join (
        select company, vendor, measure, month, sum(days) as all_days
        from placed
        group by all
    ) as of_month using (company, vendor, measure, month)
)
group by company, vendor, measure, month, family, account
order by company, vendor, measure, month, family, account
