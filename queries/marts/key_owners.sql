-- title: Whose key it is
-- grain: one row per company × key_actor
-- meaning: The person behind a key whose name tells it. An address in the name is resolved as an actor is. Any other name stands for a person only where a user has said so, of this key or of an alias spelled like it; that it looks like a roster's login does not suffice.
-- asked_by: marts
with keys as (
    select distinct company, key_actor
    from usage
    where key_actor is not null
),

spelled as (
    select company, key_actor, key_actor as alias, true as is_key_itself
    from keys
    union all
    select company, key_actor, 'p:' || substr(key_actor, 3), false
    from keys
    where starts_with(key_actor, 'k:')
),

known as (
    select company, alias, person, is_of_user
    from identities_now
    union all
    select distinct company, person, person, false
    from people
    anti join identities_now
        on identities_now.company = people.company and identities_now.alias = people.person
)

select
    spelled.company,
    spelled.key_actor,
    first(known.person order by spelled.is_key_itself desc) as person
from spelled
join known
    on known.company = spelled.company
    and known.alias = spelled.alias
    and (spelled.is_key_itself or known.is_of_user)
group by spelled.company, spelled.key_actor
