-- title: Whole months of companies
-- grain: one row per company × month of which some usage load covers every day
-- served_as: table
-- meaning: The months that a company's figures can be compared by. A source is lacking where one that covers any day of the three months before does not cover every day of the month, so that fewer people or less use may only be a missing file.
with covered as (
    select company, kind, account, date_trunc('month', day)::date as first_day, count(*) as days
    from covered_days
    group by all
),

lacking as (
    select distinct before.company, months.first_day
    from (select distinct first_day from covered) as months
    join covered as before
        on before.first_day between (months.first_day - interval 3 month) and (months.first_day - interval 1 month)
    left join covered as now
        on now.company = before.company
        and now.kind = before.kind
        and now.account = before.account
        and now.first_day = months.first_day
    where coalesce(now.days, 0) < day(last_day(months.first_day))
),

whole as (
    select company, date_trunc('month', day)::date as first_day
    from covered_days
    group by company, first_day
    having count(distinct day) = day(last_day(first_day))
)

select
    whole.company,
    strftime(whole.first_day, '%Y-%m') as month,
    lacking.company is not null as lacks_a_source
from whole
left join lacking using (company, first_day)
