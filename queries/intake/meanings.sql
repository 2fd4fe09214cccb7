-- title: What the numbers of a file stand for
-- meaning: Each unit of credits, currency, and basis of tokens and of cost that its lines use, with the first and last day it is used on. Where no line has any there is no row.
-- asked_by: intake
with held as (
    select
        credit_unit,
        coalesce(currency, 'USD') as currency,
        token_basis,
        cost_basis,
        min(day) as first_day,
        max(coalesce(period_end, day)) as last_day
    from mapped
    group by all
),

named as (
    unpivot held on credit_unit, currency, token_basis, cost_basis into name field value held_value
)

select field, held_value, min(first_day) as first_day, max(last_day) as last_day
from named
where held_value <> 'none'
group by field, held_value
order by field, first_day, held_value
