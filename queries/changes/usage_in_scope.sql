-- title: Usage in a scope
-- grain: the grain of the table usage
-- meaning: The stored rows of the kinds, companies, accounts and days of a scope; what a load replaces, and what an undo puts back.
-- asked_by: store
select usage.*
from usage
where exists (
    select 1
    from scope
    where scope.company = usage.company
        and scope.kind = usage.kind
        and scope.account = usage.account
        and usage.day between scope.first_day and scope.last_day
)
