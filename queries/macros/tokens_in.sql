-- title: Tokens in a basis
-- meaning: Tokens counted as 'weighted', 'fresh' or 'raw'.
create or replace macro tokens_in(basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens) as
    case basis
        when 'raw' then raw_tokens(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens)
        when 'fresh' then fresh_tokens(input_tokens, cache_write_tokens, output_tokens)
        else weighted_tokens(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens)
    end
