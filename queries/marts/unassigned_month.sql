-- title: Use without a workflow
-- grain: one row per month × company × field × value
-- meaning: Fills the table unassigned_month for the months of use_by_work with the 100 largest values of each field.
-- asked_by: marts
with of_values as (
    select
        month,
        company,
        field,
        value,
        len(list_distinct(flatten(list(people)))) as n_people,
        sum(input_tokens)::bigint as input_tokens,
        sum(cache_read_tokens)::bigint as cache_read_tokens,
        sum(cache_write_tokens)::bigint as cache_write_tokens,
        sum(output_tokens)::bigint as output_tokens,
        sum(billed_cost_usd)::decimal(18, 6) as billed_cost_usd,
        sum(estimated_cost_usd)::decimal(18, 6) as estimated_cost_usd
    from (
        select * replace (nullif(model, '') as model)
        from use_by_work
        where workflow_rule is null
    )
    unpivot (
        value for field in (
            workspace, service, key_name, tags, trace, account, surface, vendor, model, kind
        )
    )
    group by all
)

select * exclude (n_people)
from of_values
where n_people not between 1 and 4
    and not is_address(value)
qualify row_number() over (
    partition by month, company, field
    order by
        weighted_tokens(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens)
            desc nulls last,
        full_cost_usd(billed_cost_usd, estimated_cost_usd, null) desc nulls last,
        value
) <= 100
