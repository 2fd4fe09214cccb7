-- title: JSON that is not a record
-- grain: one row per line or list element that is no JSON object
-- meaning: "What stands where a record should be is told apart, never dropped; `documents` names the table of documents."
-- parameters: [documents]
-- asked_by: intake
select
    line,
    json
from query_table($documents)
where not is_object
order by line
