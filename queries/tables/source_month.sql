-- title: Sources by month
-- grain: one row per month × company × vendor × account × kind
-- partition: month
-- meaning: What each source holds of a month, how much of it counts under the authority rule, and why. A row that stands for a longer period counts as one day, its first.
select
    null::varchar as month,
    null::varchar as company,
    null::varchar as vendor,
    null::varchar as family,                       -- kinds of one family speak of the same accounts
    null::varchar as account,                      -- 'main' under the account's name, where there is only one
    null::varchar as kind,
    null::boolean as is_foreign,                   -- knows none of the vendor's accounts: a gateway, spans, FOCUS
    null::bigint as input_tokens,
    null::bigint as cache_read_tokens,
    null::bigint as cache_write_tokens,
    null::bigint as output_tokens,
    null::decimal(18, 6) as billed_cost_usd,       -- in US dollars by the rates loaded, without what was paid ahead
    null::decimal(18, 6) as estimated_cost_usd,
    null::bigint as requests,
    null::bigint as days,
    null::bigint as days_with_tokens,
    null::bigint as days_with_cost,
    null::bigint as days_counted_for_tokens,
    null::bigint as days_counted_for_cost,
    null::bigint as counted_tokens,                -- of all four parts together
    null::decimal(18, 6) as counted_cost_usd,      -- billed and estimated
    null::bigint as uncounted_tokens,              -- on days on which another source counts
    null::decimal(18, 6) as uncounted_cost_usd,
    null::bigint as tokens_counted_instead,        -- what counts on the days of the uncounted ones, of the same account; of the vendor where the source knows none
    null::decimal(18, 6) as cost_counted_instead_usd,
    null::varchar as tokens_reason,                -- usage_file, bill, partial_report or chosen; not counted: own_export, better_source, names_people, later_load, other_chosen, told_by_day
    null::varchar as cost_reason                   -- bill, vendor_estimate, list_price, partial_estimate or chosen; not counted: as for tokens
where false
