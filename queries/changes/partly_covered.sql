-- title: Stored periods that a file covers in part
-- grain: one row per group of files × stored period
-- meaning: A row that stands for a week or a month cannot be cut in two, so a file that covers part of it is refused.
-- asked_by: store
select distinct scope.place, usage.account, usage.period_start, usage.period_end
from usage
join scope
    on scope.company = usage.company
    and scope.kind = usage.kind
    and scope.account = usage.account
where usage.period_end is not null
    and usage.period_start <= scope.last_day
    and usage.period_end >= scope.first_day
    and not (usage.period_start >= scope.first_day and usage.period_end <= scope.last_day)
order by all
