-- title: Workdays of a month
-- meaning: How many Mondays to Fridays a month 'YYYY-MM' has.
create or replace macro workdays(month) as bit_count(workday_bits(month))
