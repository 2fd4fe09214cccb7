-- title: Moment of a cell
-- meaning: A timestamp in UTC. ISO forms need no help (one without a zone is UTC); slashed forms are read in the order given, 'mdy' or 'dmy', and are NULL without one.
create or replace macro as_time(cell, date_order) as
    coalesce(
        case
            when regexp_matches(as_text(cell), '^\d{4}-\d{2}-\d{2}([ T]|$)')
                then try_cast(as_text(cell) as timestamptz) at time zone 'UTC'
        end,
        try_strptime(as_text(cell), '%Y%m%d'),
        case
            when date_order = 'mdy' then try_strptime(
                replace(replace(as_text(cell), '.', '/'), '-', '/'),
                ['%m/%d/%Y', '%m/%d/%Y %H:%M', '%m/%d/%Y %H:%M:%S', '%m/%d/%y', '%m/%d/%Y %I:%M %p']
            )
            when date_order = 'dmy' then try_strptime(
                replace(replace(as_text(cell), '.', '/'), '-', '/'),
                ['%d/%m/%Y', '%d/%m/%Y %H:%M', '%d/%m/%Y %H:%M:%S', '%d/%m/%y', '%d/%m/%Y %I:%M %p']
            )
        end
    )
