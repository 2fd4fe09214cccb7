-- label: Fresh tokens
-- unit: tokens
-- format: tokens
-- formula: input + output + cache write
-- null_rule: a part that was not reported adds nothing; NULL only where no part was reported
-- caveat: Leaves out what a cache gave back, so it speaks of new text only.
create or replace macro fresh_tokens(input_tokens, cache_write_tokens, output_tokens) as
    case
        when coalesce(input_tokens, cache_write_tokens, output_tokens) is not null
            then coalesce(input_tokens, 0) + coalesce(output_tokens, 0) + coalesce(cache_write_tokens, 0)
    end
