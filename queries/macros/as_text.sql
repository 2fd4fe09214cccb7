-- title: Text of a cell
-- meaning: The cell without outer spaces; the ways exports write "nothing" are NULL. One pattern instead of a list of words, because a list made the planning of a wide file four times longer.
create or replace macro as_text(cell) as
    case
        when regexp_full_match(trim(cell), '(|-|none|null|n/a|nan)', 'i') then null
        else trim(cell)
    end
