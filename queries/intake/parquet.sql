-- title: Rows of a Parquet file with their number
-- grain: one row per row of the file
-- meaning: Numbered from 1 as they stand in the file, under a name that no export uses for a column.
-- parameters: [path]
-- asked_by: intake
select
    file_row_number + 1 as intake_line,
    *
from read_parquet($path)
