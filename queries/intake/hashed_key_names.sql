-- title: Names of keys met in this load
-- grain: one row per name of a key
-- meaning: Holds the name, what stands for it in the store, and the hashes of the forms of whoever it may name (leverage.store.key.person_in) while a file is mapped; it lives in memory and dies with the loader.
-- asked_by: intake
create table hashed_key_names (
    key_name varchar,
    key_actor varchar,
    local_part varchar,
    letters varchar,
    login varchar
)
