-- title: Usage that stays
-- grain: the grain of the table usage
-- meaning: The stored rows of the touched months without those that the files of a change replace.
-- asked_by: store
-- parameters: [months]
select usage.*
from usage
where list_contains($months, usage.month)
    and not exists (
        select 1
        from scope
        where scope.company = usage.company
            and scope.kind = usage.kind
            and scope.account = usage.account
            and usage.day between scope.first_day and scope.last_day
    )
