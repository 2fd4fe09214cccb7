-- title: Events
-- table: events
-- grain: one row per day and event
-- how: >
--   Write one row per thing that happened and may explain a figure: a roll-out, a training, a price change, a new way of counting.
-- source: our own template
-- company: company
-- signature: [date, event, event_kind]
-- day: date
-- columns:
--   date: day
--   company: text
--   event: text
--   event_kind: text
--   vendor: text
--   department: text
-- template:
--   date: YYYY-MM-DD
--   event: what happened, in a few words without names of people
--   event_kind: annotation, intervention, definition or source
--   vendor: whom it concerns; empty for all
--   department: whom it concerns; empty for all
select
    line,
    date as day,
    lower(coalesce(event_kind, 'annotation')) as event_kind,
    event,
    vendor_name(vendor) as vendor,
    department
from source
