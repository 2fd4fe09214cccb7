-- label: Cost per active person
-- unit: USD per active person and month
-- format: money
-- formula: full cost ÷ sum of monthly active people
-- null_rule: NULL where cost is unknown or nobody was active
-- caveat: Holds the cost of services and seats too, so it is what one active person carries, not what one spends.
-- judged_by: [allocation, estimated]
create or replace macro cost_per_active_person_usd(cost_usd, person_months) as cost_usd / nullif(person_months, 0)
