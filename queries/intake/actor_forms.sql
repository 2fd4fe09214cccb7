-- title: Forms of those who used AI
-- grain: one row per company × actor × form
-- meaning: How the names behind the use of this load are written, hashed, for who is in no roster under that very name; for use that names no person, how the names of its keys are.
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

keys as (
    select distinct
        mapped.company,
        hashed_key_names.key_actor as actor,
        hashed_key_names.local_part,
        hashed_key_names.letters,
        hashed_key_names.login
    from mapped
    join hashed_key_names using (key_name)
    where mapped.actor is null or mapped.actor_type is distinct from 'person'
),

every_form as (
    select * from formed
    union all by name
    select * from keys
),

unpivoted as (
    unpivot every_form on local_part, letters, login into name form_kind value form
)

select distinct company, actor, form_kind, form
from unpivoted
