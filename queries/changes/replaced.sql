-- title: Rows a file replaces
-- grain: one row per day on which stored rows go
-- meaning: Stored rows of the same kind, company and account on the days the file covers; is_empty_in_file marks days for which the file brings nothing in their place.
-- asked_by: store
-- parameters: [days_with_rows]
select
    usage.day,
    count(*) as n_rows,
    not list_contains($days_with_rows::date[], usage.day) as is_empty_in_file
from usage
join scope
    on scope.company = usage.company
    and scope.kind = usage.kind
    and scope.account = usage.account
    and usage.day between scope.first_day and scope.last_day
group by usage.day
order by usage.day
