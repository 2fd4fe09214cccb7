-- title: Hashes that several lines share
-- grain: one row per hash
-- meaning: The lines that must be rolled up are among these; most files have few or none.
-- asked_by: intake
select grain
from described
group by grain
having count(*) > 1
