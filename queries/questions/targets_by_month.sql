-- title: What were the figures meant to reach?
-- grain: one row per month of the trend × company × metric
-- people: []
-- hides: []
-- meaning: Targets that were set for whole companies, under the metric's own id and unit.
-- parameters: [companies, to_month, trend_from]
select month, company, metric, any_value(value)::double as value
from targets
where department is null
    and month between $trend_from and $to_month
    and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
group by all
order by all
