-- title: Which file is loaded under two names?
-- grain: one row per file
-- people: []
-- hides: []
-- meaning: Files of use with the same bytes in effect under several companies, accounts or periods.
-- parameters: [companies]
with in_effect as (
    select n, company, scope,
        unnest(from_json(files, '[{"name": "VARCHAR", "digest": "VARCHAR"}]')) as file
    from loads
    where action = 'load'
        and n not in (select undoes from loads where undoes is not null)
        and kind in (select kind from kinds where brings = 'usage')
)

select
    any_value(file.name order by n) as name,
    list(distinct n order by n) as numbers,
    list(distinct company order by company) as companies
from in_effect
group by file.digest
having count(distinct (company, scope)) > 1
    and ($companies::varchar[] is null or list_has_any($companies::varchar[], companies))
order by numbers
