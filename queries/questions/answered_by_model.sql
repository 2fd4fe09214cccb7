-- title: How often did each model answer, and how much?
-- grain: one row per company × vendor × model with use in the window
-- people: []
-- hides: []
-- meaning: Requests (messages where no requests are counted) and tokens put out, for what their energy may have been. Requests are NULL where no source counts them.
-- parameters: [companies, departments, from_month, is_people, models, pooled, roles, to_month, vendors, workloads]
select
    company,
    vendor_label as vendor,
    model_label as model,
    sum(coalesce(requests, messages))::double as requests,
    sum(output_tokens)::double as output_tokens
from cube_selected(
    $is_people, $companies::varchar[], $departments::varchar[], $roles::varchar[],
    $vendors::varchar[], $models::varchar[], $workloads::varchar[], $pooled::varchar[]
)
where month between $from_month and $to_month
group by all
having coalesce(sum(coalesce(requests, messages)), sum(output_tokens)) > 0
order by output_tokens desc nulls last, company, vendor, model
