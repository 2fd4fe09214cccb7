-- title: Rules
-- grain: one row per company × subject × field × pattern
-- meaning: What an analyst decided and the store remembers; the subject 'ai_use' marks a provider, service or account of a cloud bill as AI use.
select
    null::varchar as company,
    null::varchar as subject,
    null::varchar as field,                        -- provider, service, account
    null::varchar as pattern,                      -- the exact value, compared without regard to case
    null::varchar as result
where false
