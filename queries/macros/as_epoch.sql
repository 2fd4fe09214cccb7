-- title: Moment of a Unix time
-- meaning: Seconds since 1970 as a UTC timestamp.
create or replace macro as_epoch(cell) as
    make_timestamp(try_cast(try_cast(cell as decimal(28, 6)) * 1000000 as bigint))
