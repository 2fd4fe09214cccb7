-- title: Which source counts?
-- grain: one row per month × company × vendor × account × kind
-- people: []
-- hides: []
-- meaning: What each source holds of a month, how much of it counts, and on the days on which another source counts, what that one says of the same account (of the vendor where the source knows no accounts). Tokens are raw.
-- parameters: [companies, from_month, to_month, vendors]
select
    month,
    company,
    vendor,
    account,
    kind,
    is_foreign,
    raw_tokens(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens)::double as tokens,
    counted_tokens::double as counted_tokens,
    uncounted_tokens::double as uncounted_tokens,
    tokens_counted_instead::double as tokens_counted_instead,
    tokens_reason,
    case
        when coalesce(billed_cost_usd, estimated_cost_usd) is not null
            then coalesce(billed_cost_usd, 0) + coalesce(estimated_cost_usd, 0)
    end::decimal(18, 6) as cost_usd,
    counted_cost_usd,
    uncounted_cost_usd,
    cost_counted_instead_usd,
    cost_reason,
    days,
    days_counted_for_tokens,
    days_counted_for_cost
from source_month
where month between $from_month and $to_month
    and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
    and ($vendors::varchar[] is null or list_contains($vendors::varchar[], vendor))
order by
    month desc,
    company,
    vendor,
    counted_tokens desc nulls last,
    counted_cost_usd desc nulls last,
    account,
    kind
