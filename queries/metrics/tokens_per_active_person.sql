-- label: Tokens per active person
-- unit: tokens per active person and month, price-weighted unless another basis is chosen
-- format: tokens
-- formula: sum of tokens ÷ sum of monthly active people
-- null_rule: NULL where tokens or active people are unknown, and hidden where 1 to 4 people would be shown under a filter
-- caveat: Depth of use. The tokens of services and of use that names nobody are in it, so that breadth × depth is tokens per employee.
-- judged_by: [allocation]
create or replace macro tokens_per_active_person(tokens, person_months) as tokens / nullif(person_months, 0)
