-- title: Pseudonym of an alias
-- meaning: What the key makes of an alias that was met in this load.
-- asked_by: intake
create macro pseudonym(alias_text) as (
    select hashed.pseudonym
    from hashed
    where hashed.alias = alias_text
)
