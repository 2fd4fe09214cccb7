-- title: What can be filtered by?
-- grain: one row per filter × value
-- people: []
-- hides: []
-- meaning: The values the filters offer. Departments and roles are those that may be shown in some month.
select distinct 'company' as filter, company as value from cube_month
union
select distinct 'company', company from companies
union
select distinct 'sector', sector from company_traits
union
select distinct 'origin', origin from company_traits
union
select distinct 'size', size from company_traits
union
select distinct 'vendor', vendor from cube_month
union
select distinct 'vendor', vendor from seats
union
select distinct 'model', model from cube_month where model <> ''
union
select distinct 'workload', workload_class from workflow_month
union
select distinct 'department', shown_department from cube_month
union
select distinct 'role', shown_role from cube_month where owner = 'person'
union
select distinct 'currency', currency from rates
order by all
