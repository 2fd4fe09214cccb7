-- label: Outcome per employee
-- unit: as the outcome is counted, per employee and month
-- format: count
-- formula: count of the outcome ÷ sum of monthly employees
-- null_rule: NULL where the outcome or headcount is unknown; a mean of hours or a share is shown as it is
-- caveat: Employees are those of the company or department that the outcome was counted for.
create or replace macro outcome_per_employee(value, employee_months) as value / nullif(employee_months, 0)
