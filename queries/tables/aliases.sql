-- title: Aliases
-- grain: one row per company × effective date × kind × alias
-- time: effective_date
-- by_kind: true
-- meaning: Who stands behind an alias, as a user has loaded or confirmed it; it goes before every roster and holds for all months. Never opened by the server.
select
    null::varchar as company,
    null::date as effective_date,                  -- of several lists that name an alias the newest counts
    null::varchar as kind,                         -- aliases where a list was loaded, confirmed where a suggestion was
    null::varchar as alias,
    null::varchar as alias_kind,                   -- by_hand, or the reason of the suggestion: local_part, letters, initial, key_name
    null::varchar as person,
    null::varchar as attrs,
    null::bigint as load_id,
    null::bigint as first_line
where false
