-- label: Accepted work per employee
-- unit: pieces of work per employee and month
-- format: count
-- formula: work accepted ÷ sum of monthly employees
-- null_rule: NULL where accepted work or headcount is unknown
-- caveat: A piece of work is what the department counts as one; departments are compared with themselves only.
create or replace macro accepted_per_employee(accepted, employee_months) as accepted / nullif(employee_months, 0)
