-- title: Moment of a Unix time
-- meaning: Seconds since 1970 as a UTC timestamp.
create or replace macro as_epoch(cell) as
    make_timestamp(try_cast(as_number(cell) * 1000000 as bigint))
