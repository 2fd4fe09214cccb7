-- title: Text without e-mail addresses
-- meaning: The text with each address in it replaced by the words “(address)”.
create or replace macro without_addresses(cell) as
    case
        when contains(cell, '@')
            then regexp_replace(cell, '[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+', '(address)', 'g')
        else cell
    end
