-- title: Chosen lines of a table that intake made
-- grain: one row per line
-- meaning: "The rows behind rejected lines, for their download; `name` is the table."
-- parameters: [name, lines]
-- asked_by: intake
select *
from query_table($name)
where list_contains($lines::bigint[], line)
order by line
