-- label: Seats in use
-- unit: share
-- format: share
-- formula: people active with the vendor in the month ÷ seats paid for in it
-- null_rule: NULL where no use of the vendor names people, or fewer than 5 of them
-- caveat: Whose seat it is, is not in the files; people who use a vendor through a key without a seat count as well, so it can be too high and never above 1.
-- judged_by: [allocation]
create or replace macro seat_use(active_people, seats) as least(1, active_people / nullif(seats, 0))
