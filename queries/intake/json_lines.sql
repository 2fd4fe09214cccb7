-- title: Lines of a file that holds one JSON document a line
-- grain: one row per line that is not blank, numbered as in the file
-- meaning: "`unit_separator` is character 1, which JSON never holds unescaped, so that a line stays one value. Said to end in '\\r\\n' and read without strict mode, lines may end in '\\n' too, or in both by turns; left to detect it, DuckDB would count some of them twice."
-- parameters: [path, unit_separator]
-- asked_by: intake
with every_line as (
    select
        row_number() over () as line,
        json
    from read_csv(
        $path,
        columns = {'json': 'VARCHAR'},
        delim = $unit_separator,
        auto_detect = false,
        header = false,
        quote = '',
        escape = '',
        comment = '',
        compression = 'none',
        new_line = '\r\n',
        strict_mode = false,
        max_line_size = 33554432,
        buffer_size = 67108864
    )
)

select
    line,
    json,
    coalesce(case when json_valid(json) then json_type(json) end = 'OBJECT', false) as is_object
from every_line
where trim(json, e' \t\r') <> ''
