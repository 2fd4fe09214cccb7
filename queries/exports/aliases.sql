-- title: Aliases of people
-- table: aliases
-- grain: one row per alias
-- how: >
--   Write one row per login, key owner or second address under which a person of the roster uses AI.
--   It holds for all months; of several lists that name an alias the newest counts.
-- source: our own template
-- company: company
-- signature: [alias, person_email]
-- columns:
--   effective_date: day
--   company: text
--   alias: person
--   person_email: person
-- template:
--   alias: the login, id or other address, as the export writes it; hashed before it is stored
--   person_email: the address in the roster; hashed
--   effective_date: the day the list was made, YYYY-MM-DD
select
    line,
    effective_date,
    alias,
    'by_hand' as alias_kind,
    person_email as person,
    case when alias is null or person_email is null then 'no alias or nobody behind it' end
        as set_aside
from source
