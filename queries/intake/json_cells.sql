-- title: Values of JSON documents as text
-- grain: one row per JSON object
-- meaning: "One cell per JSON pointer of `pointers`; lists and objects come back as JSON text. `documents` names the table of documents."
-- parameters: [documents, pointers]
-- asked_by: intake
select
    line,
    json_extract_string(json, $pointers::varchar[]) as cells
from query_table($documents)
where is_object
order by line
