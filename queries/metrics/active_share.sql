-- label: Active share of employees
-- unit: share
-- format: share
-- formula: sum of monthly active people ÷ sum of monthly employees
-- null_rule: NULL where headcount is unknown in any month of the window
-- caveat: Employees come from the headcount file, else they are counted from the roster.
-- judged_by: [allocation]
create or replace macro active_share(person_months, employee_months) as person_months / nullif(employee_months, 0)
