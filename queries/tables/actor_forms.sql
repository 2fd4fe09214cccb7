-- title: Forms of actors
-- grain: one row per company × actor × form
-- meaning: Keyed hashes of how the names behind use, and those of its keys, are written, to suggest who they are. Never opened by the server.
select
    null::varchar as company,
    null::varchar as actor,                        -- keyed hash: an actor, 'p:…', or a key_actor
    null::varchar as form_kind,                    -- local_part, letters; login, in the names of keys
    null::varchar as form                          -- keyed hash, 'f:…'; of a login 'p:…'
where false
