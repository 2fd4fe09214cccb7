-- title: Forms of those who used AI
-- grain: one row per company × actor × form
-- meaning: How the names behind the use of this load are written, hashed, for who is in no roster under that very name.
-- asked_by: intake
with actors as (
    select distinct company, actor
    from mapped
    where actor_type = 'person'
),

-- Two joins, each by equality: one join on either name would compare every actor with every alias.
formed as (
    select actors.company, hashed.pseudonym as actor, hashed.local_part, hashed.letters
    from actors
    join hashed on hashed.alias = actors.actor
    union all
    select actors.company, hashed.pseudonym as actor, hashed.local_part, hashed.letters
    from actors
    join hashed on hashed.pseudonym = actors.actor
),

unpivoted as (
    unpivot formed on local_part, letters into name form_kind value form
)

select distinct company, actor, form_kind, form
from unpivoted
