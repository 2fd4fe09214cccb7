-- title: Share with a known owner, told in steps
-- meaning: What is told instead of exact_owner_share where that would tell what a few people used.
create or replace macro owner_share_at_least(
    exact_share, unlisted_tokens, tokens, unlisted_gross_cost_usd, gross_cost_usd
) as
    case
        when tokens > 0 then share_at_least(exact_share, unlisted_tokens, tokens)
        else share_at_least(exact_share, unlisted_gross_cost_usd, gross_cost_usd)
    end
