-- title: When is the next file of each source due?
-- grain: one row per company × kind × account with three files or more
-- people: []
-- hides: []
-- meaning: >
--   The newest day of a source, the usual distance of the last days of its files, and the day after
--   which the next file is late: a third of that distance, and three days at least, beyond it.
-- parameters: [companies]
with in_effect as (
    select company, kind,
        unnest(from_json(scope, '[{"account": "VARCHAR", "from": "DATE", "to": "DATE"}]')) as span
    from loads
    where action = 'load'
        and n not in (select undoes from loads where undoes is not null)
        and kind in (select kind from kinds where brings = 'usage')
        and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
),

ends as (
    select distinct company, kind, span.account as account, span."to" as last_day
    from in_effect
),

distances as (
    select
        *,
        datediff('day', lag(last_day) over (partition by company, kind, account order by last_day), last_day)
            as distance
    from ends
),

usual as (
    select
        company,
        kind,
        account,
        max(last_day) as last_day,
        round(median(distance))::integer as usual_days
    from distances
    group by all
    having count(distance) >= 2
)

select
    *,
    (last_day + usual_days + greatest(3, usual_days // 3)::integer)::date as due_by
from usual
order by all
