-- title: Owned part of a sum
-- meaning: >
--   What of a sum has a known owner: 0 where nothing has, NULL where owners are not told apart.
create or replace macro owned_sum(is_owner_known, measure) as
    sum(case when is_owner_known then measure when not is_owner_known then 0 end)
