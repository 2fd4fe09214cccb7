-- label: Cost of an active day
-- unit: USD per person and day with use
-- format: money
-- formula: full cost ÷ days with use, summed over people
-- null_rule: NULL where the cost, or who used AI on which day, is unknown
-- caveat: Days are known of people whose use some source dates. Where others used AI too, their days are missing, so that it is at most this.
-- judged_by: [estimated]
create or replace macro cost_per_active_day_usd(cost_usd, person_days) as cost_usd / nullif(person_days, 0)
