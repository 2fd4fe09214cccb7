-- title: What each company is
-- grain: one row per company with use, seats or a description
-- served_as: table
-- meaning: Sector, origin and size by name, as the filters offer them. The size is that of the newest month with a known number of employees, else the one stated; the bands are those of Eurostat's enterprise statistics, with the largest cut at a thousand. What nobody said is unknown.
with known as (
    select company from companies
    union
    select company from cube_month
    union
    select company from seats
),

newest as (
    select company, arg_max(employees, month) as employees
    from (
        select company, month, sum(heads) as employees
        from heads
        group by all
    )
    group by company
),

sized as (
    select
        known.company,
        companies.sector,
        companies.origin,
        coalesce(newest.employees, companies.employees) as employees
    from known
    left join companies using (company)
    left join newest using (company)
)

select
    sized.company,
    coalesce(sectors.label, 'Other') as sector,
    coalesce(origin, 'unknown') as origin,
    case
        when employees is null then 'unknown'
        when employees < 50 then 'under 50'
        when employees < 250 then '50 to 249'
        when employees < 1000 then '250 to 999'
        else '1,000 and more'
    end as size
from sized
left join sectors on sectors.sector = sized.sector
