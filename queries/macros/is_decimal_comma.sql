-- title: A number with a decimal comma
-- meaning: True where a comma can only be a decimal sign, as in 0,25 or 1.234,50.
create or replace macro is_decimal_comma(cell) as
    case
        when contains(cell, ',')
            then regexp_full_match(cell, '-?\$?(\d+,(\d{1,2}|\d{4,})|0,\d+|\d{1,3}(\.\d{3})+,\d+)')
        else false
    end
