-- label: Stickiness
-- unit: share
-- format: share
-- formula: mean number of people active on a working day ÷ people active in the month
-- null_rule: NULL where no source dates what people used by the day
-- caveat: 0.2, 0.4 and 0.6 of a month of 21 working days are one, two and three days a week. Public holidays count as working days. People known only from files of a week or a month are in neither part.
-- judged_by: [allocation]
create or replace macro stickiness(person_workdays, n_workdays, people_with_days) as
    person_workdays / nullif(n_workdays, 0) / nullif(people_with_days, 0)
