-- title: Which cut-offs of maturity has the company changed?
-- grain: one row per assumption named maturity.<dimension>.<score>
-- people: []
-- hides: []
-- meaning: The newest assumption of each cut-off that holds by the end of the window, with who stands for it. Only where the view looks at one company, since several may have changed different ones.
-- parameters: [companies, to_month]
with held as (
    select *
    from assumptions
    where assumption like 'maturity.%'
        and mode is not null
        and coalesce(effective_date, date '1900-01-01') <= month_end($to_month)
        and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
)

select assumption, mode::double as value, author, source, effective_date
from held
where (select count(distinct company) from held) = 1
    and (
        len($companies::varchar[]) = 1
        or (select count(distinct company) from cube_month) = 1
    )
qualify row_number() over (partition by assumption order by effective_date desc nulls last, load_id desc) = 1
order by assumption
