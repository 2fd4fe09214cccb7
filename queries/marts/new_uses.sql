-- title: Vendors and models without a number
-- grain: one row per vendor × model
-- meaning: Pairs to append to the dictionary, numbered after the last.
-- asked_by: marts
select
    used.vendor,
    used.model,
    (coalesce((select max(id) from dictionary), -1)
        + row_number() over (order by used.vendor, used.model))::integer as id
from (select distinct vendor, coalesce(model, '') as model from usage) as used
anti join dictionary using (vendor, model)
