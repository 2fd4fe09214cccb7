-- title: Rows that files replace
-- grain: one row per group of files × day on which stored rows go
-- meaning: Stored rows of the same kind, company and account on the days the files of a group cover; is_empty_in_file marks days for which they bring nothing in their place. Files of one group may share days, so a stored row is sought in their spans and not joined with them.
-- asked_by: store
with targets as (
    select distinct place, company, kind, account
    from scope
),

gone as (
    select targets.place, usage.day, count(*) as n_rows
    from usage
    join targets
        on targets.company = usage.company
        and targets.kind = usage.kind
        and targets.account = usage.account
    where exists (
        select 1
        from scope
        where scope.place = targets.place
            and scope.account = usage.account
            and usage.day between scope.first_day and scope.last_day
    )
    group by targets.place, usage.day
),

held as (
    select distinct load_id as place, day
    from brought
)

select
    gone.place,
    gone.day,
    gone.n_rows,
    held.day is null as is_empty_in_file
from gone
left join held
    on held.place = gone.place
    and held.day = gone.day
order by gone.place, gone.day
