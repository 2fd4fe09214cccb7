-- title: Dominance
-- grain: one row per company × month × department × role
-- meaning: The two largest people's part of each cell, in price-weighted tokens and in money, for the dominance rule.
-- asked_by: marts
with people as (
    select
        *,
        coalesce(weighted_tokens(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens), 0)
            as tokens
    from person_month
)

select
    company,
    month,
    department,
    role,
    coalesce(max(tokens, 2)[1], 0)::double as tokens_top1,
    coalesce(max(tokens, 2)[2], 0)::double as tokens_top2,
    sum(tokens)::double as tokens_total,
    coalesce(max(cost_usd, 2)[1], 0)::double as cost_top1,
    coalesce(max(cost_usd, 2)[2], 0)::double as cost_top2,
    sum(cost_usd)::double as cost_total
from people
group by all
