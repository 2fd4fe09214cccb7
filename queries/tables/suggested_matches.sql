-- title: Suggested matches
-- grain: one row per company × vendor × reason × whether confirmed
-- meaning: How many accounts at a vendor that no roster names, and keys without an owner, match one person of the roster each, and by what.
select
    null::varchar as company,
    null::varchar as vendor,
    null::varchar as reason,                       -- local_part, letters, initial; key_name for keys
    null::boolean as is_confirmed,
    null::bigint as accounts
where false
