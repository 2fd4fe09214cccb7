-- title: People under a view's filters
-- grain: one row per month × company × person
-- served_as: macro
-- meaning: The people to count. Under a filter by vendor or model only those who used one of them; ask() hides such counts where they would speak of few people.
create macro people_selected(companies, departments, roles, vendors, models, pooled) as table
    select *
    from (
        select
            user_month.* exclude (shown_department),
            case
                when list_contains(pooled, company || '|' || shown_department) then '(small groups)'
                else shown_department
            end as department_label,
            case
                when list_contains(pooled, company || '|' || shown_department) then '(small groups)'
                else shown_role
            end as role_label
        from user_month
    )
    where (companies is null or list_contains(companies, company))
        and (departments is null or list_contains(departments, department_label))
        and (roles is null or list_contains(roles, role_label))
        and (
            (vendors is null and models is null)
            or list_has_any(uses, (
                select coalesce(list(dictionary.id), [])
                from dictionary
                where (vendors is null or list_contains(vendors, dictionary.vendor))
                    and (models is null or list_contains(models, dictionary.model))
            ))
        )
