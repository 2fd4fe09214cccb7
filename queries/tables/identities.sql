-- title: Identities
-- grain: one row per company × roster snapshot × alias
-- time: effective_date
-- meaning: Which alias (a login, hashed as a person is) stands for which person. Never opened by the server.
select
    null::varchar as company,
    null::date as effective_date,
    null::varchar as alias,
    null::varchar as alias_kind,                   -- github_login, user_principal_name
    null::varchar as person,
    null::bigint as load_id
where false
