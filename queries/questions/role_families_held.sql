-- title: Which role families does each company have?
-- grain: one row per company × role family with five employees or more
-- people: []
-- all_companies: true
-- hides: []
-- meaning: The role families that rules give to five employees or more of the newest roster or headcount, by name alone. A filter by people leaves nothing to show.
-- parameters: [companies, is_people]
select company, role_family
from role_families
where not $is_people
    and role_family <> 'unassigned'
    and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
group by company, role_family
having sum(employees) >= 5
order by company, role_family
