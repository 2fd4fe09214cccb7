-- title: Which models have no known price?
-- grain: one row per vendor × model
-- people: []
-- hides: []
-- meaning: Tokens whose cost is unknown because neither the export nor the price list names a price; and tokens priced with a price of today. Where in some month that holds of some people's use of a model and not of others', the tokens would tell the people apart and are unknown; is_partly says so.
-- parameters: [companies, from_month, to_month]
with by_month as (
    select
        month,
        company,
        vendor,
        coalesce(model, '(no model named)') as model,
        raw_tokens(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens) as tokens,
        coalesce(list_contains(flags, 'unpriced'), false) as is_unpriced,
        coalesce(list_contains(flags, 'todays_price'), false) as is_todays_price,
        actor_type = 'person' and actor is not null and tokens > 0 as is_person,
        price_list
    from usage
    where month between $from_month and $to_month
        and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
),

summed as (
    select
        vendor,
        model,
        sum(tokens) filter (where is_unpriced) as unpriced_tokens,
        sum(tokens) filter (where is_todays_price) as todays_price_tokens,
        bool_or(is_unpriced) as is_unpriced,
        bool_or(is_todays_price) as is_todays_price,
        coalesce(
            bool_or(is_person and is_unpriced) and bool_or(is_person and not is_unpriced), false
        ) as is_unpriced_partly,
        coalesce(
            bool_or(is_person and is_todays_price) and bool_or(is_person and not is_todays_price), false
        ) as is_todays_price_partly,
        max(price_list) as price_list
    from by_month
    group by month, company, vendor, model
)

select
    vendor,
    model,
    case when not bool_or(is_unpriced_partly) then sum(unpriced_tokens) end::double as tokens_without_cost,
    case when not bool_or(is_todays_price_partly) then sum(todays_price_tokens) end::double
        as tokens_at_todays_price,
    bool_or(is_unpriced) as is_unpriced,
    bool_or(is_unpriced_partly or is_todays_price_partly) as is_partly,
    max(price_list) as price_list
from summed
group by vendor, model
having bool_or(is_unpriced) or bool_or(is_todays_price)
order by tokens_without_cost desc nulls last, tokens_at_todays_price desc, vendor, model
