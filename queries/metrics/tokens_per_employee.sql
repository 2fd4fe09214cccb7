-- label: Tokens per employee
-- unit: tokens per employee and month, price-weighted unless another basis is chosen
-- format: tokens
-- formula: sum of tokens ÷ sum of monthly employees, of companies whose tokens are known
-- null_rule: NULL where headcount or tokens are unknown
-- caveat: Vendors that report no tokens (seats with messages only) are not in it; the share of cost with tokens is shown with the coverage.
create or replace macro tokens_per_employee(tokens, employee_months) as tokens / nullif(employee_months, 0)
