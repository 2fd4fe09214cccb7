-- title: Cube by month
-- grain: one row per month × company × department × role × owner × vendor × model
-- meaning: Fills the table cube_month for the given months. Use of a person stands in the person's department of that month.
-- asked_by: marts
-- parameters: [months]
with groups_shown as (
    select distinct company, month, department, role, shown_department, shown_role
    from shown_cells
),

owned as (
    select
        counted.*,
        case counted.owner
            when 'person' then person_month.department
            when 'service' then counted.service_department
        end as department,
        case when counted.owner = 'person' then person_month.role end as role
    from counted
    left join person_month
        on counted.owner = 'person'
        and person_month.month = counted.month
        and person_month.company = counted.company
        and person_month.person = counted.actor
    where list_contains($months, counted.month)
),

summed as (
    select
        month,
        company,
        owner,
        department,
        role,
        vendor,
        model,
        owner <> 'unknown' and department is not null as is_owner_known,
        sum(input_tokens)::bigint as input_tokens,
        sum(cache_read_tokens)::bigint as cache_read_tokens,
        sum(cache_write_tokens)::bigint as cache_write_tokens,
        sum(output_tokens)::bigint as output_tokens,
        sum(requests)::bigint as requests,
        sum(messages)::bigint as messages,
        sum(billed_cost_usd)::decimal(18, 6) as billed_cost_usd,
        sum(estimated_cost_usd)::decimal(18, 6) as estimated_cost_usd,
        sum(purchase_cost_usd)::decimal(18, 6) as purchase_cost_usd,
        sum(list_cost_usd)::decimal(18, 6) as list_cost_usd,
        sum(gross_cost_usd)::decimal(18, 6) as gross_cost_usd,
        count(*) filter (where is_without_cost) as rows_without_cost
    from owned
    group by all
)

select
    summed.*,
    coalesce(companies.sector, 'other') as sector,
    case summed.owner
        when 'service' then '(service accounts)'
        when 'unknown' then '(no person named)'
        -- Only who used nothing in the month stands in no group; their rows hold nothing.
        else coalesce(groups_shown.shown_department, '(no department)')
    end as shown_department,
    case summed.owner
        when 'service' then '(service accounts)'
        when 'unknown' then '(no person named)'
        else coalesce(groups_shown.shown_role, '(no role)')
    end as shown_role,
    case
        when summed.owner <> 'person' then summed.vendor
        else coalesce(shown_cells.shown_vendor, '(other vendors)')
    end as shown_vendor,
    case
        when summed.owner <> 'person' then summed.model
        else coalesce(shown_cells.shown_model, '(other models)')
    end as shown_model
from summed
left join companies using (company)
left join groups_shown
    on summed.owner = 'person'
    and groups_shown.month = summed.month
    and groups_shown.company = summed.company
    and groups_shown.department is not distinct from summed.department
    and groups_shown.role is not distinct from summed.role
left join shown_cells
    on summed.owner = 'person'
    and shown_cells.month = summed.month
    and shown_cells.company = summed.company
    and shown_cells.department is not distinct from summed.department
    and shown_cells.role is not distinct from summed.role
    and shown_cells.vendor = summed.vendor
    and shown_cells.model = summed.model
