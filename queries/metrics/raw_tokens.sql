-- label: Raw tokens
-- unit: tokens
-- format: tokens
-- formula: input + output + cache read + cache write
-- null_rule: a part that was not reported adds nothing; NULL only where no part was reported
-- caveat: Cache reads dominate agentic use and cost a tenth of an input token, so raw tokens overstate it.
create or replace macro raw_tokens(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens) as
    case
        when coalesce(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens) is not null
            then coalesce(input_tokens, 0) + coalesce(output_tokens, 0)
            + coalesce(cache_read_tokens, 0) + coalesce(cache_write_tokens, 0)
    end
