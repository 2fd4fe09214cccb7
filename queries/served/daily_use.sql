-- title: Use by day and source
-- grain: one row per company × vendor × kind × account × day
-- served_as: macro
-- meaning: What each source says of each day, whether it counts or not; for telling late, double and odd days. Rows that stand for a week or a month and money paid ahead are not in it.
create macro daily_use(from_month, to_month) as table
    select
        company,
        vendor,
        kind,
        account,
        day,
        sum(raw_tokens(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens))::double as tokens,
        sum(coalesce(amortised_cost_usd, net_cost_usd, estimated_cost_usd))::double as cost_usd
    from usage
    where month between from_month and to_month
        and period_end is null
        and row_kind <> 'purchase'
    group by all
