-- title: Rules
-- grain: one row per company × subject × field × pattern
-- meaning: What an analyst decided and the store remembers. The subject 'ai_use' marks a provider, service or account of a cloud bill as AI use and 'service_owner' gives a service its department; 'authority' says which kind counts for the tokens or the cost of a vendor's account ('vendor/account', or 'vendor/*'), 'usual' being that of the usual rule; 'workflow' and 'workload_class' say which work use belongs to, 'role_family' what people do, 'autonomy' how much of a workflow runs without people.
select
    null::varchar as company,
    null::varchar as subject,
    null::varchar as field,                        -- the column it looks at, of the subject's own
    null::varchar as pattern,                      -- text compared without regard to case; * and ? as matches_rule has them, where the subject allows
    null::varchar as result,                       -- autonomy: 0 to 3
    null::bigint as priority,                      -- the lowest of those that match wins; NULL comes after every number
    null::varchar as author,                       -- as stated by the person, unverified
    null::timestamp as decided_at                  -- UTC
where false
