-- title: Employees under a view's filters
-- grain: one row per month × company × department × role
-- served_as: macro
-- meaning: Employees of the groups that the filters let through, under the same labels as their use.
create macro heads_selected(companies, departments, roles, pooled) as table
    select *
    from (
        select
            heads.*,
            case
                when list_contains(pooled, heads.company || '|' || departments_shown.shown_department)
                    then '(small groups)'
                when departments_shown.shown_department is not null
                    then departments_shown.shown_department
                -- A small department without any use is still a small group.
                when sum(heads.heads) over (
                    partition by heads.month, heads.company, heads.department
                ) < 5 then '(small groups)'
                else coalesce(heads.department, '(no department)')
            end as department_label,
            coalesce(shown_groups.shown_role, heads.role) as role_label
        from heads
        left join (
            select distinct month, company, department, shown_department from shown_groups
        ) as departments_shown
            on departments_shown.month = heads.month
            and departments_shown.company = heads.company
            and departments_shown.department is not distinct from heads.department
        left join shown_groups
            on shown_groups.month = heads.month
            and shown_groups.company = heads.company
            and shown_groups.department is not distinct from heads.department
            and shown_groups.role is not distinct from heads.role
    )
    where (companies is null or list_contains(companies, company))
        and (departments is null or list_contains(departments, department_label))
        and (roles is null or list_contains(roles, role_label))
