-- title: Which sources were chosen to count?
-- grain: one row per company × vendor × account × measure
-- people: []
-- hides: []
-- meaning: Where a user has put another source in place of the usual rule; the account * is all accounts of the vendor.
-- parameters: []
select
    company,
    regexp_extract(pattern, '^([^/]*)/', 1) as vendor,
    regexp_extract(pattern, '^[^/]*/(.*)$', 1) as account,
    field as measure,
    result as kind
from rules
where subject = 'authority' and result <> 'usual'
order by all
