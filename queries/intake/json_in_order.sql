-- title: JSON documents in the order of the file
-- grain: one row per line, list element or document
-- meaning: "`documents` names the table of documents; what is no JSON object is marked, to be passed on as it is."
-- parameters: [documents]
-- asked_by: intake
select
    json,
    is_object
from query_table($documents)
order by line
