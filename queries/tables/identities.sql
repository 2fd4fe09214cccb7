-- title: Identities
-- grain: one row per company × roster snapshot × alias
-- time: effective_date
-- meaning: Which alias (a login, hashed as a person is) stands for which person, and under which forms that person's name is written elsewhere. Never opened by the server.
select
    null::varchar as company,
    null::date as effective_date,
    null::varchar as alias,
    null::varchar as alias_kind,                   -- github_login, user_principal_name; forms: local_part, letters, initial
    null::varchar as person,
    null::bigint as load_id
where false
