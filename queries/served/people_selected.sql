-- title: People under a view's filters
-- grain: one row per month × company × department × role, by the labels that may be shown
-- served_as: macro
-- meaning: How many people there are to count. Under a filter by vendor or model only those who used one of them, and nothing is said of their days, since a day says not with whom; ask() hides such counts where they would speak of few people. Nobody under a filter by kind of work, of which it is not known who did it.
create macro people_selected(companies, departments, roles, vendors, models, workloads, pooled) as table
    with used as (
        select * from people_by_group
        where vendors is null and models is null
        union all by name
        select month, company, shown_department, shown_role, count(*) as people
        from user_month
        where (vendors is not null or models is not null)
            and list_has_any(uses, (
                select coalesce(list(dictionary.id), [])
                from dictionary
                where (vendors is null or list_contains(vendors, dictionary.vendor))
                    and (models is null or list_contains(models, dictionary.model))
            ))
        group by all
    ),

    labelled as (
        select
            * exclude (shown_department, shown_role),
            case
                when list_contains(pooled, company || '|' || shown_department) then '(small groups)'
                else shown_department
            end as department_label,
            case
                when list_contains(pooled, company || '|' || shown_department) then '(small groups)'
                else shown_role
            end as role_label
        from used
    )

    select *
    from labelled
    where workloads is null
        and (companies is null or list_contains(companies, company))
        and (departments is null or list_contains(departments, department_label))
        and (roles is null or list_contains(roles, role_label))
