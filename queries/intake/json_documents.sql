-- title: Documents of a JSON file
-- grain: one row per element of the list, or per document, numbered from 1
-- meaning: "`layout` is array (one list) or unstructured (one document, or several one after the other); `size_bytes` is the longest document to expect."
-- parameters: [path, layout, size_bytes]
-- asked_by: intake
with every_document as (
    select
        row_number() over () as line,
        json(json) as json
    from read_json_objects(
        $path,
        format = $layout,
        maximum_object_size = $size_bytes,
        compression = 'none'
    )
)

select
    line,
    json::varchar as json,
    json_type(json) = 'OBJECT' as is_object
from every_document
