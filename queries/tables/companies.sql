-- title: Companies
-- grain: one row per company
-- meaning: The companies of this installation, with the attributes that comparisons use.
select
    null::varchar as company,
    null::varchar as sector,                       -- a key of data/reference/sectors.csv
    null::varchar as origin,                       -- AI-native or enterprise
    null::bigint as employees                      -- size as stated by the user; headcount files win for ratios
where false
