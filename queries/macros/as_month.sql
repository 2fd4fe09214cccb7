-- title: Month of a text
-- meaning: The month as 'YYYY-MM', from an ISO month, an ISO date, or a month's name and year.
create or replace macro as_month(cell) as
    coalesce(
        nullif(regexp_extract(cell, '^(\d{4}-(0[1-9]|1[0-2]))(-\d{2}.*)?$', 1), ''),
        strftime(try_strptime(cell, ['%b %Y', '%B %Y', '%m/%Y', '%b-%y']), '%Y-%m')
    )
