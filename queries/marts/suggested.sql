-- title: Who an actor may be
-- grain: one row per company × vendor × actor
-- meaning: People's accounts that no roster and no alias names, whose name is written like that of exactly one person of the company's rosters; the reason is the closest way in which it is. So are keys without an owner, by what their names hold.
-- asked_by: marts
with used as (
    select company, vendor, actor, bool_and(is_key) as is_key
    from (
        select distinct company, vendor, actor, false as is_key
        from usage
        where actor_type = 'person'
        union all
        select distinct company, vendor, key_actor, true
        from usage
        where key_actor is not null
            and not exists (
                select 1
                from rules
                where rules.subject = 'service_owner'
                    and rules.company = usage.company
                    and rules.pattern = usage.actor
            )
    )
    group by company, vendor, actor
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
    and not exists (
        select 1
        from key_owners
        where key_owners.company = used.company and key_owners.key_actor = used.actor
    )
)

select
    unresolved.company,
    unresolved.vendor,
    unresolved.actor,
    any_value(identities.person) as person,
    case
        when unresolved.is_key then 'key_name'
        else arg_min(
            identities.alias_kind,
            list_position(['local_part', 'letters', 'initial'], identities.alias_kind)
        )
    end as reason
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
        or actor_forms.form_kind = 'login'
    )
group by unresolved.company, unresolved.vendor, unresolved.actor, unresolved.is_key
having count(distinct identities.person) = 1
