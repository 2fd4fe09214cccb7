-- title: What came out of the work, month by month?
-- grain: one row per month of the trend × company × scope (empty is the whole company) × metric
-- people: []
-- hides: []
-- meaning: Each outcome that was handed in, for the company, its departments and their teams, as it is and per employee where it is a count. A mean has the cases it rests on where they were counted, and an outcome the workflow that all of it names. Told of every company, since what was done in one may be held against what happened in others; is_in_view says which are chosen. Filters by role, vendor and model do not apply, because outcomes know none of them.
-- parameters: [companies, departments, to_month, trend_from]
with told as (
    select month, company, null as scope, null as department, workflow, metric, is_mean, value, n, cases
    from outcomes_by_scope
    where counts_for_company
    union all
    select month, company, department, department, workflow, metric, is_mean, value, n, cases
    from outcomes_by_scope
    where counts_for_department
    union all
    select month, company, scope, department, workflow, metric, is_mean, value, n, cases
    from outcomes_by_scope
    where scope is not null and lower(scope) is distinct from lower(department) and not is_small
),

summed as (
    select
        month,
        company,
        scope,
        department,
        metric,
        is_mean,
        case when is_mean then sum(value * n) / nullif(sum(n), 0) else sum(value) end as value,
        case when is_mean and count(cases) = count(*) then sum(cases)::bigint end as cases,
        case
            when count(workflow) = count(*) and count(distinct lower(workflow)) = 1 then min(workflow)
        end as workflow
    from told
    where month between $trend_from and $to_month
        and ($departments::varchar[] is null or list_contains($departments::varchar[], department))
    group by month, company, scope, department, metric, is_mean
),

employed as (
    select month, company, null as department, sum(heads) as employees
    from heads
    group by all
    having employees >= 5
    union all
    select month, company, department, sum(heads) as employees
    from heads
    where department is not null
    group by all
    having employees >= 5
)

select
    summed.month,
    summed.company,
    $companies::varchar[] is null or list_contains($companies::varchar[], summed.company) as is_in_view,
    summed.scope,
    summed.department,
    summed.workflow,
    summed.metric,
    summed.is_mean,
    summed.cases,
    summed.value,
    case
        when not summed.is_mean and summed.scope is not distinct from summed.department
            then outcome_per_employee(summed.value, employed.employees)
    end::double as value_per_employee
from summed
left join employed
    on employed.month = summed.month
    and employed.company = summed.company
    and employed.department is not distinct from summed.department
order by company, metric, scope nulls first, month
