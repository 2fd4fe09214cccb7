-- label: Cost per employee
-- unit: USD per employee and month
-- format: money
-- formula: full cost ÷ sum of monthly employees
-- null_rule: NULL where cost or headcount is unknown
-- caveat: Subscriptions and metered use of AI, over all employees and not only those who use it. Where seats are unknown it holds usage alone.
-- judged_by: [estimated]
create or replace macro cost_per_employee_usd(cost_usd, employee_months) as cost_usd / nullif(employee_months, 0)
