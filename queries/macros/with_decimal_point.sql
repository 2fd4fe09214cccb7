-- title: A number with a decimal comma, written with a point
-- meaning: 1.234,50 and 1234,5 with a decimal point and without thousands; NULL where the text is no such number.
create or replace macro with_decimal_point(cell) as
    case
        when regexp_full_match(cell, '-?\$?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?')
            then translate(replace(cell, '.', ''), ',', '.')
    end
