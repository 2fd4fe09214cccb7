-- title: Day of a cell
-- meaning: The UTC date of a moment, read as as_time reads it.
create or replace macro as_day(cell, date_order) as as_time(cell, date_order)::date
