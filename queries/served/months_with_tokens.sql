-- title: Months with tokens
-- grain: one row per month × company of which some source reports tokens
-- served_as: table
-- meaning: Elsewhere tokens are unknown, and who works there is no part of a ratio to them, or would be counted as if they had used none.
select distinct month, company, true as is_with_tokens
from cube_month
where raw_tokens(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens) is not null
