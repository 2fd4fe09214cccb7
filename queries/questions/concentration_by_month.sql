-- title: How much do the heaviest users use?
-- grain: one row per month of the trend with 50 active people or more who used tokens
-- people: []
-- hides: []
-- scope: whole companies
-- meaning: The share of the tenth of people with the most tokens, the Gini coefficient, and how many times the median the 95th percentile is; of whole companies, rounded. With fewer than 50 people the top tenth would be fewer than 5.
-- parameters: [basis, companies, to_month, trend_from]
with used as (
    select
        month,
        -- In doubles and not in decimals, which take many times as long; the answer is rounded.
        tokens_in(
            $basis, input_tokens::double, cache_read_tokens::double, cache_write_tokens::double,
            output_tokens::double
        ) as tokens
    from people_of_companies($companies::varchar[])
    where month between $trend_from and $to_month
),

-- As lists: they sort in half the time of a window.
ranked as (
    select month, list_sort(list(tokens)) as tokens, count(*) as people, sum(tokens) as total
    from used
    where tokens > 0
    group by month
    having count(*) >= 50
)

select
    month,
    people,
    round(top_decile_share(list_sum(tokens[people - people // 10 + 1:]), total), 2)::double
        as top_decile_share,
    round(gini(list_dot_product(tokens, range(1, people + 1)::double[]), total, people), 2)::double
        as gini,
    round(list_aggregate(tokens, 'quantile_cont', 0.95) / list_aggregate(tokens, 'median'))::double
        as p95_over_median
from ranked
order by month
