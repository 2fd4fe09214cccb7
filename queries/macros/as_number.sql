-- title: Number of a cell
-- meaning: A decimal with a point; a leading currency sign and thousands commas before a decimal point are dropped, anything else is NULL. A lone comma is never guessed at.
create or replace macro as_number(cell) as
    try_cast(
        case
            when regexp_full_match(as_text(cell), '-?\$?\d{1,3}(,\d{3})+\.\d+')
                then replace(replace(as_text(cell), ',', ''), '$', '')
            else regexp_replace(as_text(cell), '^(-?)\$', '\1')
        end as decimal(38, 12)
    )
