-- title: How much of the tokens of people came with joiners, and went with leavers?
-- grain: one row per company with enough people, where the window is one month and is compared with the one before
-- people: []
-- hides: []
-- scope: whole companies
-- meaning: >
--   The share of the month's tokens of people that are of who was not active in the month before, and
--   the share of the earlier month's that are of who no longer was, in whole per cent. Decided company
--   by company, so that no filter by company tells more: where 50 people or more were active in either
--   month and 5 or more stayed, of joiners or leavers who are nobody or 5 or more and of whom no one
--   has more than half of their tokens; else NULL. Other spans are not told, because the same people
--   under two of them could be subtracted.
-- parameters: [basis, companies, from_month, previous_from, previous_to, to_month]
with used as (
    select
        company,
        person,
        max(tokens) filter (where month = $to_month) as tokens,
        max(tokens) filter (where month = $previous_to) as earlier_tokens,
        bool_or(month = $to_month) as is_active,
        bool_or(month = $previous_to) as was_active
    from (
        select
            month,
            company,
            person,
            coalesce(
                tokens_in($basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens), 0
            ) as tokens
        from people_of_companies($companies::varchar[])
        where month in ($to_month, $previous_to)
    )
    where $from_month = $to_month
        and $previous_from = $previous_to
        and month_start($previous_to) + interval 1 month = month_start($to_month)
    group by company, person
),

counted as (
    select
        company,
        count(*) filter (where is_active and not was_active) as n_joiners,
        count(*) filter (where was_active and not is_active) as n_leavers,
        count(*) filter (where was_active and is_active) as n_staying,
        sum(tokens) as tokens,
        sum(earlier_tokens) as earlier_tokens,
        coalesce(sum(tokens) filter (where not was_active), 0) as of_joiners,
        coalesce(sum(earlier_tokens) filter (where not is_active), 0) as of_leavers,
        coalesce(max(tokens) filter (where not was_active), 0) as of_one_joiner,
        coalesce(max(earlier_tokens) filter (where not is_active), 0) as of_one_leaver
    from used
    group by company
)

select
    company,
    case
        when (n_joiners = 0 or n_joiners >= 5) and of_one_joiner <= 0.5 * of_joiners
            then round(of_joiners / nullif(tokens, 0), 2)
    end::double as joiners_share,
    case
        when (n_leavers = 0 or n_leavers >= 5) and of_one_leaver <= 0.5 * of_leavers
            then round(of_leavers / nullif(earlier_tokens, 0), 2)
    end::double as leavers_share
from counted
where n_staying + n_joiners >= 50
    and n_staying + n_leavers >= 50
    and n_staying >= 5
order by company
