-- title: Names of keys not hashed yet
-- grain: one row per name of a key
-- meaning: Names of keys in mapped lines that name no person themselves.
-- asked_by: intake
select distinct mapped.key_name
from mapped
anti join hashed_key_names using (key_name)
where mapped.key_name is not null
    and (mapped.actor is null or mapped.actor_type is distinct from 'person')
