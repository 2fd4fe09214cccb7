-- title: Which cut-offs of maturity has the company changed?
-- grain: one row per assumption named maturity.<dimension>.<score>
-- people: []
-- hides: []
-- meaning: The cut-offs that are in force at the end of the window, with who stands for them. Only where the view looks at one company, since several may have changed different ones.
-- parameters: [companies, to_month]
with held as (
    select *
    from assumptions_held($companies::varchar[], $to_month)
    where assumption like 'maturity.%' and company is not null
)

select assumption, mode::double as value, author, source, effective_date
from held
where (select count(distinct company) from held) = 1
    and (
        len($companies::varchar[]) = 1
        or (select count(distinct company) from cube_month) = 1
    )
order by assumption
