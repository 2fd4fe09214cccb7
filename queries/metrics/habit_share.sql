-- label: People with a habit
-- unit: share
-- format: share
-- formula: people with use in 9 or more of the last 12 weeks ÷ people with any use in them
-- null_rule: NULL where no source dates what people used by the day, or where the split would speak of fewer than 5 people
-- caveat: Twelve whole weeks from Monday to Sunday, the last of them ending with or before the month. Nine of twelve is the cut-off of Microsoft's habit segments; weeks of leave count as weeks without use.
-- judged_by: [allocation]
create or replace macro habit_share(people_with_habit, people_with_days) as
    people_with_habit / nullif(people_with_days, 0)
