-- title: Rows that a change brings
-- grain: the grain of their table
-- meaning: The staged rows under the number of the load they belong to; until now load_id held their group's place in the stage.
-- asked_by: store
select staged.* replace (numbers.n as load_id)
from staged
join numbers on numbers.place = staged.load_id
