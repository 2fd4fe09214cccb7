-- title: A word that names a total
-- meaning: True where a cell that should name somebody or something says that its line sums up others, as a spreadsheet writes it.
create or replace macro is_total(cell) as
    coalesce(regexp_full_match(cell, '(grand |sub)?totals?:?', 'i'), false)
