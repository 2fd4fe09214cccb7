-- title: What other rules would move in all
-- grain: one row per subject × what it is × what it would be, with one per subject and one of everything
-- meaning: The parts of moves that would be something else, the largest first. Of a row for a subject as a whole before and after are NULL, of that for everything there is the subject too.
-- asked_by: store
select
    subject,
    before,
    after,
    sum(use_rows)::bigint as use_rows,
    count(distinct month) as months,
    sum(tokens)::double as tokens,
    sum(cost_usd)::decimal(18, 6) as cost_usd
from moves
where before <> after
group by grouping sets ((subject), (subject, before, after))
union all
select
    null,
    null,
    null,
    sum(use_rows)::bigint,
    count(distinct month),
    sum(tokens)::double,
    sum(cost_usd)::decimal(18, 6)
from moves
where subject = 'workflow'
order by subject, tokens desc nulls last, cost_usd desc nulls last, before, after
