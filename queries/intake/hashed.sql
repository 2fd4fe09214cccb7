-- title: Aliases met in this load
-- grain: one row per alias
-- meaning: Holds the alias, its pseudonym and the hashes of its forms (leverage.store.key.name_forms) while a file is mapped; it lives in memory and dies with the loader.
-- asked_by: intake
create table hashed (
    alias varchar,
    pseudonym varchar,
    local_part varchar,
    letters varchar,
    initial varchar
)
