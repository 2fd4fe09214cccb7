-- title: Departments and roles by month under a view's filters
-- grain: one row per month × company × kind of unit (department, role) × label with five employees or more
-- served_as: macro
-- meaning: Tokens, employees and active people of the labels that may be shown. Active people are told from five on, and not while vendors or models are filtered, because two such counts could be subtracted.
create macro units_by_month(
    basis, companies, departments, roles, vendors, models, workloads, pooled
) as table
    with used as (
        select
            month,
            company,
            department_label as department,
            role_label as role,
            sum(tokens_in(basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens)) as tokens
        from cube_selected(
            true, companies, departments, roles,
            vendors, models, workloads, pooled
        )
        group by month, company, grouping sets ((department_label), (role_label))
    ),

    employed as (
        select month, company, department_label as department, role_label as role, sum(heads) as employees
        from heads_selected(
            companies, departments, roles, pooled
        )
        group by month, company, grouping sets ((department_label), (role_label))
    ),

    active as (
        select month, company, department_label as department, role_label as role, sum(people)::bigint as active_people
        from people_selected(
            companies, departments, roles, vendors,
            models, workloads, pooled
        )
        where vendors is null and models is null
        group by month, company, grouping sets ((department_label), (role_label))
        having sum(people) >= 5
    )

    select
        employed.month,
        employed.company,
        case when employed.department is null then 'role' else 'department' end as unit_kind,
        coalesce(employed.department, employed.role) as unit,
        used.tokens,
        employed.employees,
        case when is_with_tokens then employed.employees end as employees_with_tokens,
        active.active_people
    from employed
    left join months_with_tokens using (month, company)
    left join used
        on used.month = employed.month
        and used.company = employed.company
        and used.department is not distinct from employed.department
        and used.role is not distinct from employed.role
    left join active
        on active.month = employed.month
        and active.company = employed.company
        and active.department is not distinct from employed.department
        and active.role is not distinct from employed.role
    where employed.employees >= 5
