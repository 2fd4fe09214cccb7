-- title: Which loads stand behind this view?
-- grain: one row per company × kind
-- people: []
-- hides: []
-- meaning: Loads in effect that cover a day of the window or its comparison; a roster counts from its date on, because it holds until the next.
-- parameters: [companies, from_month, previous_from, to_month]
with in_effect as (
    select n, changed_at, company, kind,
        unnest(from_json(scope, '[{"account": "VARCHAR", "from": "DATE", "to": "DATE"}]')) as span
    from loads
    where action = 'load'
        and n not in (select undoes from loads where undoes is not null)
        and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
)

select
    company,
    kind,
    count(distinct n) as loads,
    list(distinct n order by n) as numbers,
    max(changed_at) as newest_at
from in_effect
where strftime(span."from", '%Y-%m') <= $to_month
    and (
        kind = 'roster'
        or strftime(span."to", '%Y-%m') >= least($from_month, coalesce($previous_from, $from_month))
    )
group by all
order by company, kind
