-- title: Which departments stay pooled in this window?
-- grain: one row per company × department
-- people: []
-- hides: []
-- meaning: A department that has too few people in any month of the window is pooled in all of them, so that its figure never covers only some of the months.
-- parameters: [companies, from_month, to_month]
select company, coalesce(department, '(no department)') as department,
    count(*) filter (where shown_department = '(small groups)') as months_hidden
from (
    select distinct company, department, shown_department, month
    from shown_groups
    where month between $from_month and $to_month
        and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
)
group by all
having months_hidden > 0
order by all
