-- title: Who has a habit of it?
-- grain: one row per period and segment
-- people: []
-- hides: []
-- scope: whole companies
-- meaning: People with dated use in the last twelve whole weeks, by how many of the weeks and how often, of whole companies. Power, 9 weeks or more and 15 requests or messages a week; habitual, 9 weeks or more; novice, 1 a week or more; low, less. The cut-offs are those of Microsoft's habit segments; requests are averaged over three months. Segments of 1 to 4 people stand together with the others of their kind, or all together.
-- parameters: [companies, previous_to, to_month]
with weeks as (
    select 'this' as period, *, $to_month as last_month
    from twelve_weeks($to_month, $companies::varchar[])
    union all
    select 'previous' as period, *, $previous_to as last_month
    from twelve_weeks(coalesce($previous_to, $to_month), $companies::varchar[])
    where $previous_to is not null
),

three_months as (
    select
        period,
        month_start(last_month) - interval 2 month as first_day,
        month_end(last_month) as last_day
    from (select distinct period, last_month from weeks)
),

counted as (
    select
        three_months.period,
        people.company,
        people.person,
        sum(people.actions) * 7.0 / any_value(datediff('day', first_day, last_day) + 1) as actions_a_week
    from people_of_companies($companies::varchar[]) as people
    join three_months on month_start(people.month) between first_day and last_day
    group by all
),

users as (
    select weeks.*, counted.actions_a_week
    from weeks
    left join counted using (period, company, person)
),

placed as (
    select
        period,
        weeks >= 9 as has_habit,
        case
            when weeks >= 9 and actions_a_week >= 15 then 'Power'
            when weeks >= 9 then 'Habitual'
            -- Where no source counts requests, a third of the weeks stands for one a week.
            when coalesce(actions_a_week, weeks / 4) >= 1 then 'Novice'
            else 'Low'
        end as segment
    from users
),

sized as (
    select *, count(*) over (partition by period, segment) as n_segment
    from placed
),

halved as (
    select
        *,
        case
            when min(n_segment) over (partition by period, has_habit) >= 5 then segment
            when has_habit then 'Power or habitual'
            else 'Novice or low'
        end as half,
        count(*) over (partition by period, has_habit) as n_half
    from sized
),

labelled as (
    select
        period,
        case when smallest_half >= 5 then half else 'All with use' end as segment,
        case when smallest_half >= 5 then has_habit end as has_habit
    from (select *, min(n_half) over (partition by period) as smallest_half from halved)
)

select period, segment, has_habit, count(*) as people
from labelled
group by all
order by period desc, has_habit desc nulls last, people desc, segment
