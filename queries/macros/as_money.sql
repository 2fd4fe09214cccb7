-- title: Money of a cell
-- meaning: As a number, with eighteen decimals, because dashboards write up to thirty and rows are summed before they are rounded.
create or replace macro as_money(cell) as
    try_cast(
        case
            when regexp_full_match(as_text(cell), '-?\$?\d{1,3}(,\d{3})+\.\d+')
                then replace(replace(as_text(cell), ',', ''), '$', '')
            else regexp_replace(as_text(cell), '^(-?)\$', '\1')
        end as decimal(38, 18)
    )
