-- title: Forms of actors
-- grain: one row per company × actor × form
-- meaning: Keyed hashes of how the names behind use are written, to suggest who they are. Never opened by the server.
select
    null::varchar as company,
    null::varchar as actor,                        -- keyed hash, 'p:…'
    null::varchar as form_kind,                    -- local_part, letters
    null::varchar as form                          -- keyed hash, 'f:…'
where false
