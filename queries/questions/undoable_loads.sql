-- title: Which loads can be taken back?
-- grain: one row per load in effect
-- people: []
-- hides: []
-- meaning: What undoing each load would remove and put back; where a later load has replaced rows of the same days, that one has to go first.
-- parameters: []
with spans as (
    select
        n,
        company,
        kind,
        unnest(from_json(scope, '[{"account": "VARCHAR", "from": "DATE", "to": "DATE"}]')) as span
    from loads
    where action = 'load'
        and n not in (select undoes from loads where undoes is not null)
),

blocked as (
    select earlier.n, max(later.n) as undo_first
    from spans as earlier
    join spans as later
        on later.n > earlier.n
        and later.company = earlier.company
        and later.kind = earlier.kind
        and later.span.account = earlier.span.account
        and later.span."from" <= earlier.span."to"
        and later.span."to" >= earlier.span."from"
    group by earlier.n
)

select
    loads.n,
    changed_at,
    loaded_by,
    company,
    kind,
    rows_added,
    rows_replaced,
    blocked.undo_first
from loads
left join blocked using (n)
where loads.n in (select n from spans)
order by loads.n desc
