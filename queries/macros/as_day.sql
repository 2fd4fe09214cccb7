-- title: Day of a cell
-- meaning: The UTC date of a moment, read as as_time reads it. A plain ISO date, as most are, needs no pattern.
create or replace macro as_day(cell, date_order) as
    case
        when strlen(cell) = 10 and try_cast(cell as date)::varchar = cell then try_cast(cell as date)
        else as_time(cell, date_order)::date
    end
