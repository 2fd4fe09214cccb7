-- title: Employees under a view's filters
-- grain: one row per month × company × department × role
-- served_as: macro
-- meaning: Employees of the groups that the filters let through, under the same labels as their use. Groups without any use have no label of their own; those with few employees stand with the small groups.
create macro heads_selected(companies, departments, roles, pooled) as table
    with departments_shown as (
        select distinct month, company, department, shown_department
        from shown_groups
    ),

    by_department as (
        select
            heads.*,
            case
                when list_contains(pooled, heads.company || '|' || departments_shown.shown_department)
                    then '(small groups)'
                when departments_shown.shown_department is not null
                    then departments_shown.shown_department
                when sum(heads.heads) over (
                    partition by heads.month, heads.company, heads.department
                ) < 5 then '(small groups)'
                else coalesce(heads.department, '(no department)')
            end as department_label
        from heads
        left join departments_shown
            on departments_shown.month = heads.month
            and departments_shown.company = heads.company
            and departments_shown.department is not distinct from heads.department
    ),

    labelled as (
        select
            by_department.*,
            case
                when by_department.department_label = '(small groups)' then '(small groups)'
                when shown_groups.shown_role is not null then shown_groups.shown_role
                when by_department.heads < 5 then '(small groups)'
                else coalesce(by_department.role, '(no role)')
            end as role_label
        from by_department
        left join shown_groups
            on shown_groups.month = by_department.month
            and shown_groups.company = by_department.company
            and shown_groups.department is not distinct from by_department.department
            and shown_groups.role is not distinct from by_department.role
    )

    select *
    from labelled
    where (companies is null or list_contains(companies, company))
        and (departments is null or list_contains(departments, department_label))
        and (roles is null or list_contains(roles, role_label))
