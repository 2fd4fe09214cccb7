-- title: Text of a cell
-- meaning: >
--   The cell without outer spaces; the ways exports write "nothing" are NULL. What begins with a
--   letter or a digit, is ASCII and ends in no space, as most cells do, is told by that alone: trimming
--   and the pattern look at every character. One pattern instead of a list of words, because a list
--   made the planning of a wide file four times longer.
create or replace macro as_text(cell) as
    case
        when cell = '' then null
        when cell between '0' and '~'
            and (cell < 'N' or strlen(cell) > 4)
            and strlen(cell) = length(cell)
            and not ends_with(cell, ' ')
            then cell
        when regexp_full_match(trim(cell), '(|-|none|null|n/a|nan)', 'i') then null
        else trim(cell)
    end
