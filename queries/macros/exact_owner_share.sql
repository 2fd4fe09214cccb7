-- title: Exact share with a known owner
-- meaning: Of tokens; of cost before discount where no source reports tokens.
create or replace macro exact_owner_share(owned_tokens, tokens, owned_gross_cost_usd, gross_cost_usd) as
    coalesce(
        known_owner_share(owned_tokens, tokens),
        known_owner_share(owned_gross_cost_usd, gross_cost_usd)
    )
