-- title: Credits of a file
-- grain: one row per unit
-- meaning: Credits are summed within their unit and never across.
-- asked_by: intake
select credit_unit, sum(credits) as credits
from mapped
where credits is not null
group by credit_unit
order by credit_unit
