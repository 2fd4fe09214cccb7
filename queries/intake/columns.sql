-- title: What the columns of a file seem to hold
-- grain: one row per column that holds something in the first lines
-- meaning: In how many cells each column can be read as which type, and three of its values, to guess what it means.
-- parameters: [name]
-- asked_by: intake
with cells as (
    unpivot (select * from query_table($name) order by line limit 10000)
    on columns(* exclude (line))
    into name name value cell
),

filled as (
    select name, as_text(cell) as cell
    from cells
    where as_text(cell) is not null
)

select
    name,
    count(*) as filled,
    count_if(coalesce(as_time(cell, 'mdy'), as_time(cell, 'dmy')) is not null) as days,
    count_if(is_slashed_date(cell)) as slashed,
    count_if(is_slashed_date(cell) and as_time(cell, 'mdy') is null) as not_mdy,
    count_if(is_slashed_date(cell) and as_time(cell, 'dmy') is null) as not_dmy,
    count_if(as_month(cell) is not null) as months,
    count_if(as_count(cell) is not null) as counts,
    count_if(coalesce(as_number(cell), as_number(with_decimal_point(cell))) is not null) as numbers,
    count_if(is_decimal_comma(cell)) as decimal_commas,
    count_if(is_address(cell)) as addresses,
    max(length(cell)) as longest,
    list_slice(list(distinct cell order by cell), 1, 3) as examples
from filled
group by name
