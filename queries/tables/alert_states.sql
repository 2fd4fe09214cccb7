-- title: States of alerts
-- grain: one row per decision on an alert of a company
-- meaning: What people have said of the briefing's alerts; rows are only ever added. The newest of an alert holds, but that done holds for no later month than the one it was said of.
select
    null::varchar as company,
    null::varchar as alert,                        -- the rule, and after a slash what it is about: 'cost_rise/OpenAI'
    null::varchar as month,                        -- the month whose alert it was said of
    null::varchar as state,                        -- open, accepted, done
    null::varchar as owner,                        -- an office or a role; NULL where none was named
    null::varchar as note,
    null::varchar as author,                       -- as stated by the person, unverified
    null::timestamp as decided_at                  -- UTC
where false
