-- title: Records of a delimited file that holds one record a line
-- grain: one row per record, in the order of the file
-- meaning: "Takes a UTF-8 file whose first line is the header; `columns` is a structure of column name -> 'VARCHAR' in the order of the header. The first record that does not fit ends the read, nothing is skipped. The lines are numbered afterwards, from the order of the rows: numbering them here would keep the read on one core. Never give read_csv ignore_errors without store_rejects here, DuckDB 2.0 then loses good lines without a word."
-- parameters: [path, columns, delimiter]
-- asked_by: intake
select *
from read_csv(
    $path,
    columns = $columns,
    delim = $delimiter,
    auto_detect = false,
    header = false,
    skip = 1,
    quote = '"',
    escape = '"',
    comment = '',
    compression = 'none',
    strict_mode = true,
    null_padding = false,
    max_line_size = 16777216,
    buffer_size = 33554432
)
