-- title: Models to price
-- grain: one row per vendor × model name × day
-- meaning: What the price list is asked for.
-- asked_by: intake
select distinct
    vendor,
    coalesce(model_name, model) as model_name,
    coalesce(model, model_name) as model,
    day
from mapped
where row_kind = 'tokens' and coalesce(model_name, model) is not null
order by all
