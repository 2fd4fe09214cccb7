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
        tokens_in($basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens)::double
            as tokens
    from people_of_companies($companies::varchar[])
    where month between $trend_from and $to_month
),

ranked as (
    select
        month,
        tokens,
        row_number() over (partition by month order by tokens) as rank,
        count(*) over (partition by month) as people
    from used
    where tokens > 0
)

select
    month,
    any_value(people) as people,
    round(top_decile_share(sum(tokens) filter (where rank > people - people // 10), sum(tokens)), 2)::double
        as top_decile_share,
    round(gini(sum(rank * tokens), sum(tokens), any_value(people)), 2)::double as gini,
    round(quantile_cont(tokens, 0.95) / median(tokens))::double as p95_over_median
from ranked
group by month
having any_value(people) >= 50
order by month
