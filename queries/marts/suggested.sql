-- title: Who an actor may be
-- grain: one row per company × vendor × actor
-- meaning: People's accounts that no roster and no alias names, whose name is written like that of exactly one person of the company's rosters; the reason is the closest way in which it is.
-- asked_by: marts
with used as (
    select distinct company, vendor, actor
    from usage
    where actor_type = 'person'
),

unresolved as (
    select used.*
    from used
    where not exists (
        select 1
        from people
        where people.company = used.company and people.person = used.actor
    )
    and not exists (
        select 1
        from identities_now
        where identities_now.company = used.company and identities_now.alias = used.actor
    )
)

select
    unresolved.company,
    unresolved.vendor,
    unresolved.actor,
    any_value(identities.person) as person,
    arg_min(
        identities.alias_kind,
        list_position(['local_part', 'letters', 'initial'], identities.alias_kind)
    ) as reason
from unresolved
join actor_forms
    on actor_forms.company = unresolved.company and actor_forms.actor = unresolved.actor
join identities
    on identities.company = unresolved.company
    and identities.alias = actor_forms.form
    and (
        identities.alias_kind = actor_forms.form_kind
        -- “akeller” is written in letters, and may be the initial and surname of ana.keller.
        or (identities.alias_kind = 'initial' and actor_forms.form_kind = 'letters')
    )
group by unresolved.company, unresolved.vendor, unresolved.actor
having count(distinct identities.person) = 1
