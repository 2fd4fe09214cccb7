-- title: Count of a text in a larger unit
-- meaning: A whole number from one of thousands or millions, whose own decimals are rounded off; NULL where the text is no number, or one no count can be.
create or replace macro as_count_times(cell, factor) as
    try((coalesce(as_count(cell)::decimal(38, 12), as_number(cell)) * factor)::bigint)
