-- title: Suggested matches, counted
-- grain: one row per company × vendor × reason × whether confirmed
-- meaning: Fills the table suggested_matches.
-- asked_by: marts
select company, vendor, reason, false as is_confirmed, count(*) as accounts
from suggested
group by company, vendor, reason
union all
select used.company, used.vendor, aliases.alias_kind, true, count(distinct aliases.alias)
from aliases
join (
    select company, vendor, actor from usage
    union
    select company, vendor, key_actor from usage
) as used
    on used.company = aliases.company and used.actor = aliases.alias
where aliases.kind = 'confirmed'
group by used.company, used.vendor, aliases.alias_kind
