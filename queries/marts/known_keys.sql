-- title: Keys of people
-- grain: one row per company × key_actor
-- meaning: Fills the table known_keys.
-- asked_by: marts
select company, key_actor
from key_owners
