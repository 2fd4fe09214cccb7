-- title: Something that looks like an e-mail address
-- meaning: True where the text holds an address anywhere; such text never enters the store.
create or replace macro is_address(cell) as
    case
        when contains(cell, '@') then regexp_matches(cell, '[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+')
        else false
    end
