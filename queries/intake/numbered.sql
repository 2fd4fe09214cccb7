-- title: Records that were numbered while they were written out again
-- grain: one row per record
-- meaning: "Takes a comma separated UTF-8 file without header, its first value the line; `columns` is a structure of line -> 'BIGINT', then column name -> 'VARCHAR'. The line break is said, since the first one in the file may stand inside a value."
-- parameters: [path, columns]
-- asked_by: intake
select *
from read_csv(
    $path,
    columns = $columns,
    delim = ',',
    auto_detect = false,
    header = false,
    quote = '"',
    escape = '"',
    comment = '',
    compression = 'none',
    new_line = '\n',
    strict_mode = true,
    null_padding = false,
    max_line_size = 33554432,
    buffer_size = 67108864
)
