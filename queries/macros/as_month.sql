-- title: Month of a cell
-- meaning: The month as 'YYYY-MM', from an ISO month, an ISO date, or a month's name and year.
create or replace macro as_month(cell) as
    case
        when regexp_full_match(as_text(cell), '\d{4}-(0[1-9]|1[0-2])') then as_text(cell)
        else strftime(
            coalesce(
                as_time(cell, null),
                try_strptime(as_text(cell), ['%b %Y', '%B %Y', '%m/%Y', '%b-%y'])
            ),
            '%Y-%m'
        )
    end
