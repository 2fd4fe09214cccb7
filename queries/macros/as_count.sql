-- title: Count of a text
-- meaning: A whole number; thousands commas are dropped, a fraction is NULL. A number that reads as it was written, as most do, needs no pattern.
create or replace macro as_count(cell) as
    case
        when try_cast(cell as bigint)::varchar = cell then try_cast(cell as bigint)
        else coalesce(
            try_cast(regexp_extract(cell, '^(-?\d+)(\.0*)?$', 1) as bigint),
            try_cast(replace(regexp_extract(cell, '^-?\d{1,3}(,\d{3})+$'), ',', '') as bigint),
            try_cast(try_cast(regexp_extract(cell, '^-?[\d.]+[eE]\+?\d+$') as decimal(38, 0)) as bigint)
        )
    end
