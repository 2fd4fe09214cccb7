-- title: Aliases in force
-- grain: one row per company × alias
-- meaning: The person an alias stands for, by the company's latest roster that names it.
-- asked_by: marts
select company, alias, arg_max(person, effective_date) as person
from identities
group by company, alias
