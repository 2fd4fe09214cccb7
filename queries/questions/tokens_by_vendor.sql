-- title: How many tokens does each vendor serve, month by month?
-- grain: one row per month × vendor
-- people: []
-- hides: []
-- meaning: Tokens by vendor in the chosen basis; vendors that report none are absent, not zero.
-- parameters: [basis, companies, departments, is_people, models, pooled, roles, to_month, trend_from, vendors, workloads]
select
    month,
    vendor_label as vendor,
    sum(tokens_in($basis, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens))::double
        as tokens
from cube_selected(
    $is_people, $companies::varchar[], $departments::varchar[], $roles::varchar[],
    $vendors::varchar[], $models::varchar[], $workloads::varchar[], $pooled::varchar[]
)
where month between $trend_from and $to_month
group by all
having tokens is not null
order by month, vendor
