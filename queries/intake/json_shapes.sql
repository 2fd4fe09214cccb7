-- title: The shapes that JSON documents have
-- grain: one row per different structure, first seen first
-- meaning: "Every document is looked at, so that a key that only one of them has is not lost; `documents` names their table."
-- parameters: [documents]
-- asked_by: intake
select json_structure(json)::varchar as shape
from query_table($documents)
where is_object
group by all
order by min(line)
