-- title: Count of a text
-- meaning: A whole number; thousands commas are dropped, a fraction is NULL.
create or replace macro as_count(cell) as
    coalesce(
        try_cast(regexp_extract(cell, '^(-?\d+)(\.0*)?$', 1) as bigint),
        try_cast(replace(regexp_extract(cell, '^-?\d{1,3}(,\d{3})+$'), ',', '') as bigint),
        try_cast(try_cast(regexp_extract(cell, '^-?[\d.]+[eE]\+?\d+$') as decimal(38, 0)) as bigint)
    )
