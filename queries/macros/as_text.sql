-- title: Text of a cell
-- meaning: The cell without outer spaces; the ways exports write "nothing" are NULL.
create or replace macro as_text(cell) as
    case
        when lower(trim(cell)) in ('', '-', 'none', 'null', 'n/a', 'nan') then null
        else trim(cell)
    end
