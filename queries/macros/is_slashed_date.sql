-- title: A date whose order is open
-- meaning: True where day and month could be read either way round without more knowledge.
create or replace macro is_slashed_date(cell) as
    case
        when substr(cell, 2, 1) in ('/', '.', '-') or substr(cell, 3, 1) in ('/', '.', '-')
            then regexp_matches(cell, '^\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}( |$)')
        else false
    end
