-- title: Rules
-- grain: one row per company × subject × field × pattern
-- meaning: What an analyst decided and the store remembers; the subject 'ai_use' marks a provider, service or account of a cloud bill as AI use, 'authority' says which kind counts for the tokens or the cost of a vendor's account ('vendor/account', or 'vendor/*'), 'usual' being that of the usual rule.
select
    null::varchar as company,
    null::varchar as subject,
    null::varchar as field,                        -- provider, service, account; tokens, cost
    null::varchar as pattern,                      -- the exact value, compared without regard to case
    null::varchar as result
where false
