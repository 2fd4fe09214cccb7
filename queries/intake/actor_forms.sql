-- title: Forms of those who used AI
-- grain: one row per company × actor × form
-- meaning: How the names behind the use of this load are written, hashed, for who is in no roster under that very name.
-- asked_by: intake
with actors as (
    select distinct company, actor
    from mapped
    where actor_type = 'person'
),

formed as (
    select actors.company, hashed.pseudonym as actor, hashed.local_part, hashed.letters
    from actors
    join hashed on actors.actor in (hashed.alias, hashed.pseudonym)
),

unpivoted as (
    unpivot formed on local_part, letters into name form_kind value form
)

select distinct company, actor, form_kind, form
from unpivoted
