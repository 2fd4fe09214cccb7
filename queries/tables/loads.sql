-- title: Loads
-- grain: one row per finished change
-- meaning: The log of changes and the commit point of each. Data version N is row N; readers open exactly the table versions it names.
select
    null::bigint as n,
    null::varchar as action,                       -- load, undo, edit, migrate
    null::timestamp as changed_at,                -- UTC
    null::varchar as loaded_by,                    -- as stated by the person, unverified
    null::varchar as summary,
    null::bigint as undoes,
    null::bigint as before,                        -- the data version that stood before this change
    null::varchar as kind,
    null::varchar as company,
    null::varchar as scope,                        -- JSON list of {account, from, to}: the days the files cover, per account
    null::varchar as files,                        -- JSON list, one object per file: name, digest, counts, reasons, totals
    null::varchar as mapping,                      -- digest of the mapping that made the rows
    null::bigint as rows_in,
    null::bigint as rows_taken,
    null::bigint as rows_set_aside,
    null::bigint as rows_rejected,
    null::bigint as rows_replaced,
    null::bigint as rows_added,
    null::varchar as table_versions                -- JSON object: the version of every table
where false
