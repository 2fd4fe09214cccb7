-- title: Channels by month
-- grain: one row per month × company × channel
-- meaning: Fills the table channel_month for the months of counted. What a service uses, and what comes through an API, a cloud or an agent that writes code, is use by agents and programs; it is a proxy, for a person may sit behind an API.
-- asked_by: marts
select
    month,
    company,
    case
        when owner = 'service' or surface in ('api', 'cloud', 'code_agent') then 'agent'
        when surface is null then 'unknown'
        else 'assist'
    end as channel,
    sum(input_tokens)::bigint as input_tokens,
    sum(cache_read_tokens)::bigint as cache_read_tokens,
    sum(cache_write_tokens)::bigint as cache_write_tokens,
    sum(output_tokens)::bigint as output_tokens,
    count(distinct actor) filter (where owner = 'person' and is_use) as n_people
from counted
group by all
