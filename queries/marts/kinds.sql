-- title: Kinds of a data version
-- grain: one row per kind
-- meaning: The kinds of queries/exports, and beside them those that people have described, by the newest version of their mapping.
-- asked_by: engine
select *
from main.kinds
union all by name
select
    'custom:' || name as kind,
    tokens_from,
    'usage' as brings,
    family,
    is_foreign
from mappings
qualify row_number() over (partition by name order by version desc) = 1
