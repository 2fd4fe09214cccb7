-- title: Aliases in force
-- grain: one row per company × alias
-- meaning: The person an alias stands for, as a user has said, else by the company's latest roster that names it.
-- asked_by: marts
with said as (
    select company, alias, person, effective_date, false as is_of_user
    from identities
    where alias_kind not in ('local_part', 'letters', 'initial')
    union all
    select company, alias, person, effective_date, true
    from aliases
)

select
    company,
    alias,
    first(person order by is_of_user desc, effective_date desc, person) as person,
    bool_or(is_of_user) as is_of_user
from said
group by company, alias
