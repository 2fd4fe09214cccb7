-- title: Count of a cell
-- meaning: A whole number; thousands commas are dropped, a fraction is NULL.
create or replace macro as_count(cell) as
    case
        when regexp_full_match(as_text(cell), '-?\d{1,3}(,\d{3})+')
            then try_cast(replace(as_text(cell), ',', '') as bigint)
        when as_number(cell) = trunc(as_number(cell)) then try_cast(as_number(cell) as bigint)
    end
