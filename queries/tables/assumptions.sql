-- title: Assumptions
-- grain: one row per company × effective date × assumption × workflow × role
-- time: effective_date
-- of_files: first_line
-- meaning: "What is believed where nothing is measured, as a range, with who believes it and why."
select
    null::date as effective_date,
    null::varchar as company,
    null::varchar as assumption,
    null::varchar as workflow,
    null::varchar as role,
    null::decimal(18, 6) as low,
    null::decimal(18, 6) as mode,
    null::decimal(18, 6) as high,
    null::varchar as unit,
    null::varchar as source,
    null::varchar as author,
    null::varchar as evidence_grade,               -- A to D
    null::timestamp as decided_at,                 -- where it was decided here and no file brought it
    null::varchar as attrs,
    null::bigint as load_id,
    null::bigint as first_line
where false
