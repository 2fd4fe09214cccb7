-- title: Money of a text
-- meaning: As a number, with eighteen decimals, because dashboards write up to thirty and rows are summed before they are rounded.
create or replace macro as_money(cell) as
    case
        when contains(cell, ',') or contains(cell, '$')
            then try_cast(
                replace(
                    regexp_replace(cell, '^(-?)\$', '\1'), case when contains(cell, '.') then ',' else '' end, ''
                ) as decimal(38, 18)
            )
        else try_cast(cell as decimal(38, 18))
    end
