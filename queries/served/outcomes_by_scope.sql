-- title: Outcomes by month and scope
-- grain: one row per month × company × scope × workflow × metric
-- served_as: table
-- meaning: Outcomes summed by month (hours and shares as means over their n, a row without one as one case; `cases` is NULL there), with the department a scope belongs to, itself or one whose name it begins with. Teams count for their department, and departments for the company, only where nothing was handed in for it as a whole, so that no number counts twice. A department that never had five employees counts for the company only.
with departments as (
    select company, department, max(employees) as employees
    from (
        select month, company, department, sum(heads) as employees
        from heads
        where department is not null
        group by all
    )
    group by all
),

departments_of_scopes as (
    select
        scopes.company,
        scopes.scope,
        arg_max(departments.department, length(departments.department)) as department,
        arg_max(departments.employees, length(departments.department)) as employees
    from (select distinct company, scope from outcomes) as scopes
    join departments
        on departments.company = scopes.company
        and starts_with(lower(scopes.scope || ' '), lower(departments.department || ' '))
    group by all
),

summed as (
    select
        strftime(day, '%Y-%m') as month,
        company,
        scope,
        department,
        coalesce(employees < 5, false) as is_small,
        workflow,
        metric,
        ends_with(metric, '_hours') or ends_with(metric, '_share') as is_mean,
        case
            when is_mean then sum(value * coalesce(n, 1)) / nullif(sum(coalesce(n, 1)), 0)
            else sum(value)
        end::double as value,
        sum(coalesce(n, 1))::bigint as n,
        case when count(n) = count(*) then sum(n)::bigint end as cases
    from outcomes
    left join departments_of_scopes using (company, scope)
    where value is not null
    group by month, company, scope, department, is_small, workflow, metric
),

placed as (
    select
        *,
        bool_or(scope is null) over (partition by month, company, metric) as is_company_told,
        bool_or(lower(scope) = lower(department))
            over (partition by month, company, metric, department) as is_department_told
    from summed
)

select
    * exclude (is_company_told, is_department_told),
    coalesce(department is not null and (lower(scope) = lower(department)) = is_department_told, false)
        as is_departments_own,
    is_departments_own and not is_small as counts_for_department,
    case
        when is_company_told then scope is null
        else department is null or is_departments_own
    end as counts_for_company
from placed
