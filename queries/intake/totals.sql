-- title: Totals of a file
-- grain: one row
-- meaning: Sums over the lines taken from one file, before any rounding; NULL where the file reports nothing of that measure.
-- asked_by: intake
select
    sum(input_tokens)::bigint as input_tokens,
    sum(cache_read_tokens)::bigint as cache_read_tokens,
    sum(cache_write_tokens)::bigint as cache_write_tokens,
    sum(output_tokens)::bigint as output_tokens,
    sum(requests)::bigint as requests,
    sum(messages)::bigint as messages,
    sum(list_cost_usd) as list_cost_usd,
    sum(gross_cost_usd) as gross_cost_usd,
    sum(net_cost_usd) as net_cost_usd,
    sum(amortised_cost_usd) as amortised_cost_usd,
    sum(estimated_cost_usd) as estimated_cost_usd,
    sum(billed_in_currency) as billed_in_currency
from mapped
