-- label: Cost of seats not in use
-- unit: USD a month
-- format: money
-- formula: cost of the seats × (1 − seats in use)
-- null_rule: NULL where seats in use are unknown, or their cost is
-- caveat: The least it can be, because people who use a vendor through a key without a seat count as users of its seats. Whose seat is idle is not in the files.
-- judged_by: [allocation]
create or replace macro idle_seat_cost_usd(seat_cost_usd, seat_use) as seat_cost_usd * (1 - seat_use)
