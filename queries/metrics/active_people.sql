-- label: Active people
-- unit: people, mean of the months
-- format: count
-- formula: people with any use in the month; over several months the sum of the months ÷ the number of months
-- null_rule: NULL where no source names people, and hidden where 1 to 4 people would be shown under a filter
-- caveat: Someone seen by two vendors under two names counts twice until a roster joins the names.
-- judged_by: [allocation]
create or replace macro active_people(person_months, months) as person_months / nullif(months, 0)
