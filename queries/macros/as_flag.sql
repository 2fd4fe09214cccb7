-- title: Yes or no of a text
-- meaning: 1, true, yes, y as true; 0, false, no, n as false; anything else is NULL.
create or replace macro as_flag(cell) as
    case
        when lower(cell) in ('1', 'true', 'yes', 'y') then true
        when lower(cell) in ('0', 'false', 'no', 'n') then false
    end
