-- title: Moment of a text
-- meaning: A timestamp in UTC. ISO forms need no help (one without a zone is UTC); slashed forms are read in the order given, 'mdy' or 'dmy', and are NULL without one.
create or replace macro as_time(cell, date_order) as
    coalesce(
        -- As most are written. The cast below knows zones, and takes twice the time.
        case
            when regexp_full_match(cell, '\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z?')
                then try_cast(cell as timestamp)
        end,
        try_cast(regexp_extract(cell, '^\d{4}-\d{2}-\d{2}([ T].*)?$') as timestamptz) at time zone 'UTC',
        try_strptime(regexp_extract(cell, '^\d{8}$'), '%Y%m%d'),
        -- A month by its name leaves no order open.
        try_strptime(
            regexp_extract(cell, '^\d{1,2}/[A-Za-z]{3}/\d{2}.*$'),
            ['%d/%b/%y', '%d/%b/%y %I:%M %p', '%d/%b/%y %H:%M', '%d/%b/%Y', '%d/%b/%Y %I:%M %p', '%d/%b/%Y %H:%M']
        ),
        case date_order
            when 'mdy' then try_strptime(
                regexp_replace(cell, '[.-]', '/', 'g'),
                ['%m/%d/%y', '%m/%d/%y %H:%M', '%m/%d/%Y', '%m/%d/%Y %H:%M', '%m/%d/%Y %H:%M:%S', '%m/%d/%Y %I:%M %p']
            )
            when 'dmy' then try_strptime(
                regexp_replace(cell, '[.-]', '/', 'g'),
                ['%d/%m/%y', '%d/%m/%y %H:%M', '%d/%m/%Y', '%d/%m/%Y %H:%M', '%d/%m/%Y %H:%M:%S', '%d/%m/%Y %I:%M %p']
            )
        end
    )
