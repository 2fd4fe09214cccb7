-- title: Covered days
-- grain: one row per company × kind × account × day
-- served_as: table
-- meaning: The days some load in effect covers, whether or not there was use on them.
with in_effect as (
    select *
    from loads
    where action = 'load'
        and n not in (select undoes from loads where undoes is not null)
        and kind in (select kind from kinds where brings = 'usage')
),

spans as (
    select company, kind, unnest(from_json(scope, '[{"account": "VARCHAR", "from": "DATE", "to": "DATE"}]')) as span
    from in_effect
)

select distinct
    company,
    kind,
    span.account as account,
    unnest(generate_series(span."from", span."to", interval 1 day))::date as day
from spans
