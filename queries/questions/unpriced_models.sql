-- title: Which models have no known price?
-- grain: one row per vendor × model
-- people: []
-- hides: []
-- meaning: Tokens whose cost is unknown because neither the export nor the price list names a price; and tokens priced with a price of today.
-- parameters: [companies, from_month, to_month]
select
    vendor,
    coalesce(model, '(no model named)') as model,
    sum(raw_tokens(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens))
        filter (where list_contains(flags, 'unpriced'))::double as tokens_without_cost,
    sum(raw_tokens(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens))
        filter (where list_contains(flags, 'todays_price'))::double as tokens_at_todays_price,
    max(price_list) as price_list
from usage
where month between $from_month and $to_month
    and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
    and flags is not null
group by all
having tokens_without_cost is not null or tokens_at_todays_price is not null
order by tokens_without_cost desc nulls last, tokens_at_todays_price desc, vendor, model
