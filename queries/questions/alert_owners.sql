-- title: How much of a company's use has a known owner?
-- grain: one row per company with a roster × whole month of the trend
-- people: []
-- hides: []
-- meaning: The share of use with a known owner, by the rule of the headline and for each company as a whole. Where its exact value would tell what a few people used, only a share in steps is told.
-- parameters: [basis, companies, to_month, trend_from]
with owned as (
    select
        month,
        company,
        sum(tokens_in($basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens))
            as tokens,
        owned_sum(
            is_owner_known,
            tokens_in($basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens)
        ) as owned_tokens,
        sum(tokens_in($basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens))
            filter (where owner = 'person' and not is_owner_known) as unlisted_tokens,
        owned_part_is_shown(
            owner,
            is_owner_known,
            raw_tokens(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens) > 0
            or gross_cost_usd <> 0,
            department_label = '(no department)'
        ) as is_owned_part_shown
    from cube_selected(
        false, $companies::varchar[], null::varchar[], null::varchar[], null::varchar[],
        null::varchar[], null::varchar[], []::varchar[]
    )
    join whole_months using (company, month)
    where month between $trend_from and $to_month
        and company in (select company from people)
    group by month, company
)

select
    company,
    month,
    tokens::double as tokens,
    case
        when is_owned_part_shown then known_owner_share(owned_tokens, tokens)
    end::double as known_owner_share,
    case
        when not is_owned_part_shown
            then share_at_least(
                known_owner_share(owned_tokens, tokens), unlisted_tokens, tokens
            )
    end::double as known_owner_share_at_least
from owned
where tokens > 0
order by company, month
