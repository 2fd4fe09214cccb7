-- title: Which rosters, headcounts and seats are loaded?
-- grain: one row per company × kind × account × span of days
-- people: []
-- hides: []
-- meaning: What loads in effect bring beside use. A headcount and seats are of months; a roster is of one day and holds until the next.
-- parameters: [companies]
select distinct
    company,
    kind,
    brings,
    span.account as account,
    span."from" as first_day,
    span."to" as last_day
from (
    select
        loads.company,
        loads.kind,
        kinds.brings,
        unnest(from_json(scope, '[{"account": "VARCHAR", "from": "DATE", "to": "DATE"}]')) as span
    from loads
    join kinds using (kind)
    where action = 'load'
        and n not in (select undoes from loads where undoes is not null)
        and brings <> 'usage'
        and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
)
order by all
