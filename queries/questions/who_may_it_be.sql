-- title: Which accounts that no roster names may be whose?
-- grain: one row per company × vendor × reason × whether confirmed
-- people: []
-- hides: []
-- meaning: Accounts whose name is written like that of exactly one person of the roster, and those of which a user has confirmed it. Counts alone; who they are only the loader knows, and that under pseudonyms.
-- parameters: []
select company, vendor, reason, is_confirmed, accounts
from suggested_matches
order by is_confirmed, accounts desc, company, vendor, reason
