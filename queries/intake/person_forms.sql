-- title: Forms of the people of rosters
-- grain: one row per company × roster snapshot × person × form
-- meaning: How the names of a roster's people are written elsewhere, hashed, so that use under another address or login can be held against them.
-- asked_by: intake
with formed as (
    select
        rostered.company,
        rostered.effective_date,
        rostered.person,
        rostered.load_id,
        hashed.local_part,
        hashed.letters,
        hashed.initial
    from rostered
    join hashed on hashed.pseudonym = rostered.person
),

unpivoted as (
    unpivot formed on local_part, letters, initial into name alias_kind value alias
)

select distinct company, effective_date, alias, alias_kind, person, load_id
from unpivoted
