-- title: Negative tokens
-- grain: one row per offending line
-- severity: file
-- tables: [usage]
-- found: a token or request count below zero
-- next_step: Tokens cannot be negative; the export is damaged or a spreadsheet has subtracted a column. Export it again from the vendor's console
-- meaning: A correction of money may be negative, a count of tokens never; a file with one cannot be trusted in its other rows.
select line
from mapped
where least(
    coalesce(input_tokens, 0),
    coalesce(cache_read_tokens, 0),
    coalesce(cache_write_tokens, 0),
    coalesce(output_tokens, 0),
    coalesce(requests, 0),
    coalesce(messages, 0)
) < 0
