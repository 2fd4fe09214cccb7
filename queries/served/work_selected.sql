-- title: Work under a view's filters
-- grain: one row per row of workflow_month that the filters let through
-- served_as: macro
-- meaning: The one place where filters meet the work, with the level of autonomy of each workflow. The sums know no people, so a filter by people lets nothing through.
create macro work_selected(is_people, companies, vendors, models, workloads) as table
    select
        workflow_month.*,
        workflow_autonomy.autonomy,
        workflow_autonomy.rule as autonomy_rule,
        full_cost_usd(billed_cost_usd, estimated_cost_usd, null) as cost_usd
    from workflow_month
    left join workflow_autonomy using (company, workflow)
    where not is_people
        and (companies is null or list_contains(companies, workflow_month.company))
        and (vendors is null or list_contains(vendors, workflow_month.vendor))
        and (models is null or list_contains(models, workflow_month.model))
        and (workloads is null or list_contains(workloads, workflow_month.workload_class))
