-- title: Events
-- grain: one row per company × day × event
-- time: day
-- of_files: first_line
-- meaning: >
--   What happened on a day and may explain a figure: a roll-out, a price change, a new definition.
--   Rows without a first_line come from no file: they are the breaks that the store itself found
--   between the files of one kind, or between the sources that count, and no file replaces them.
select
    null::date as day,
    null::varchar as company,
    null::varchar as event_kind,                   -- annotation, intervention, definition, source
    null::varchar as event,
    null::varchar as vendor,
    null::varchar as department,
    null::varchar as attrs,
    null::bigint as load_id,                       -- NULL where another source counts: no one load may have brought it
    null::bigint as first_line
where false
