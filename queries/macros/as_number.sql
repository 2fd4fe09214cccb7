-- title: Number of a text
-- meaning: A decimal with a point; a leading dollar sign and thousands commas before a decimal point are dropped, anything else is NULL. A lone comma is never guessed at.
create or replace macro as_number(cell) as
    case
        when contains(cell, ',') or contains(cell, '$')
            then try_cast(
                replace(
                    regexp_replace(cell, '^(-?)\$', '\1'), case when contains(cell, '.') then ',' else '' end, ''
                ) as decimal(38, 12)
            )
        else try_cast(cell as decimal(38, 12))
    end
