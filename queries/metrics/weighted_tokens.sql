-- label: Price-weighted tokens
-- unit: tokens, in units of one uncached input token
-- format: tokens
-- formula: input + 5 × output + 0.1 × cache read + 1.25 × cache write
-- weights: median of 286 list prices of six vendors, September 2026; 5 is Anthropic's constant output ratio
-- null_rule: a part that was not reported adds nothing; NULL only where no part was reported
-- caveat: The weights are one rule for all models, so that a change of price does not look like a change of use.
create or replace macro weighted_tokens(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens) as
    case
        when coalesce(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens) is not null
            then coalesce(input_tokens, 0) + 5 * coalesce(output_tokens, 0)
            + 0.1 * coalesce(cache_read_tokens, 0) + 1.25 * coalesce(cache_write_tokens, 0)
    end
