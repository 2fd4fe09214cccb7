-- title: Money of a text in a smaller unit
-- meaning: Whole money from cents, exact; NULL where the text is no amount, or too large a one.
create or replace macro as_money_times(cell, factor) as
    try((as_money(cell) * factor)::decimal(38, 18))
