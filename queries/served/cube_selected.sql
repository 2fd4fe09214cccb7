-- title: Cube under a view's filters
-- grain: one row per row of cube_month, or of workflow_month while kinds of work are filtered, that the filters let through
-- served_as: macro
-- meaning: The one place where filters meet the cube. While people are split or filtered, only the labels decided for this data version can be chosen or shown, and vendors and models with few people of a group are out of reach. What use was for is known of companies and not of their people, so under a filter by it the owner of use is unknown, and a split or filter by people lets nothing through.
create macro cube_selected(
    is_people, companies, departments, roles, vendors, models, workloads, pooled
) as table
    select *
    from (
        select
            cube_month.* exclude (shown_department),
            case
                when list_contains(pooled, company || '|' || shown_department) then '(small groups)'
                else shown_department
            end as department_label,
            case
                when list_contains(pooled, company || '|' || shown_department) then '(small groups)'
                else shown_role
            end as role_label,
            case when is_people then shown_vendor else vendor end as vendor_label,
            case when is_people then shown_model else model end as model_label
        from cube_month
        where workloads is null
        union all by name
        select
            workflow_month.* exclude (workflow, workload_class, workflow_rule, class_rule, use_rows),
            coalesce(companies.sector, 'other') as sector,
            vendor as vendor_label,
            model as model_label
        from workflow_month
        left join companies using (company)
        where not is_people and list_contains(workloads, workload_class)
    )
    where (companies is null or list_contains(companies, company))
        and (departments is null or list_contains(departments, department_label))
        and (roles is null or list_contains(roles, role_label))
        and (vendors is null or list_contains(vendors, vendor_label))
        and (models is null or list_contains(models, model_label))
