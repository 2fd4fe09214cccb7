-- title: People
-- grain: one row per company × roster snapshot × person
-- time: effective_date
-- meaning: Who is in which department and role, from a roster's effective date until the next roster of that company.
select
    null::varchar as company,
    null::date as effective_date,
    null::varchar as person,                       -- keyed hash, 'p:…'
    null::varchar as department,
    null::varchar as role,
    null::varchar as job_title,
    null::varchar as level,
    null::varchar as manager,
    null::varchar as business_unit,
    null::varchar as employment_type,
    null::varchar as status,
    null::date as hire_date,
    null::date as termination_date,
    null::decimal(18, 6) as fte,
    null::varchar as cost_center,
    null::varchar as location,
    null::varchar as country,
    null::varchar as attrs,
    null::bigint as load_id,
    null::bigint as first_line
where false
