-- title: What was loaded, by whom, and what did it change?
-- grain: one row per change
-- people: []
-- hides: []
-- meaning: The log of changes, newest first.
select
    n,
    action,
    changed_at,
    loaded_by,
    company,
    kind,
    summary,
    rows_in,
    rows_taken,
    rows_set_aside,
    rows_rejected,
    undoes,
    action = 'load' and n not in (select undoes from loads where undoes is not null) as is_in_effect
from loads
order by n desc
