-- title: Keys of people
-- grain: one row per company × key_actor
-- meaning: Of which keys it is known that they belong to a person; not of whom.
select
    null::varchar as company,
    null::varchar as key_actor
where false
