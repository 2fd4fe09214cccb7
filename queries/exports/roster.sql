-- title: People roster
-- table: people
-- grain: one row per person as of the effective date
-- how: >
--   Export everyone who works for the company from the HR system, also those who use no AI, with
--   the work e-mail and the department; people without an e-mail are known by their employee id.
-- source: our own template, from what HR systems have in common
-- company: company
-- signature: [work_email, department]
-- day: effective_date
-- columns:
--   company: text
--   employee_id: person
--   work_email: person
--   name: personal
--   full_name: personal
--   first_name: personal
--   last_name: personal
--   display_name: personal
--   department: text
--   business_unit: text
--   job_title: text
--   job_family: text
--   job_level: text
--   manager_email: person
--   location: text
--   country: text
--   cost_center: text
--   employment_type: text
--   status: text
--   hire_date: day
--   termination_date: day
--   fte: number
--   effective_date: day
--   github_login: person
-- template:
--   work_email: the address people use at the vendors; hashed before it is stored
--   employee_id: for people without an address
--   department: as you report it
--   job_family: the role, such as Engineering or Sales
--   employment_type: employee, contractor and so on
--   hire_date: YYYY-MM-DD
--   termination_date: YYYY-MM-DD, empty while employed
--   fte: 1 for full time
--   github_login: so that Copilot use finds its person; hashed
--   effective_date: the day the list was taken, YYYY-MM-DD
select
    line,
    coalesce(work_email, employee_id) as person,
    effective_date,
    department,
    job_family as role,
    job_title,
    job_level as level,
    manager_email as manager,
    employment_type,
    status,
    hire_date,
    termination_date,
    fte,
    cost_center,
    location,
    country,
    business_unit,
    github_login
from source
