-- title: Mappings
-- grain: one row per name × version
-- meaning: How people have described files that no kind of queries/exports knows. The newest version of a name holds; its rows stand under the kind 'custom:' and the name.
select
    null::varchar as name,
    null::bigint as version,
    null::varchar as company,                      -- NULL where it is for every company
    null::varchar as author,                       -- as stated by the person, unverified
    null::timestamp as decided_at,                 -- UTC
    null::varchar as spec,                         -- a JSON object: columns, fixed values, dates, decimal
    null::varchar[] as signature,                  -- the columns that give such a file away, in lower case
    null::varchar as family,                       -- whose accounts it speaks of
    null::varchar as tokens_from,                  -- usage where it holds tokens, else none
    null::boolean as is_foreign                    -- the vendors' own exports may hold the same use
where false
