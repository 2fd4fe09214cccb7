-- title: DeepSeek usage
-- table: usage
-- grain: one row per hour or day, model, key and type of amount
-- vendor: DeepSeek
-- how: On the platform's usage page choose the month and export it; hand in the whole zip.
-- source: >
--   partly verified, from several public importers that agree on both generations of the header; the
--   price's currency is not told here, so that cost comes from the cost file alone
-- signature: [model, api_key_name, type, amount, price]
-- account: user_id
-- day: start_time_iso
-- authority: {tokens: usage, cost: none}
-- columns:
--   user_id: text
--   utc_date: day
--   start_time_iso: time
--   end_time_iso: time
--   model: text
--   api_key_name: text
--   api_key: text
--   type: text
--   price: number
--   amount: number
with amounts as (
    -- Times carry the zone +08:00. A row of a whole day there lies across two of ours, and belongs
    -- to the one with the greater part of it; newer exports state hours, older ones the UTC date.
    select
        *,
        coalesce(
            (start_time_iso + (coalesce(end_time_iso, start_time_iso) - start_time_iso) / 2)::date,
            utc_date
        ) as used_on,
        type in ('input_cache_hit_tokens', 'input_cache_miss_tokens', 'output_tokens') as is_tokens,
        -- What no company could use in a day is no count.
        case when amount < 1000000000000000000 then amount end::bigint as count
    from source
)

select
    line,
    used_on as day,
    user_id as account,
    case when is_tokens or type = 'request_count' then 'tokens' else 'activity' end as row_kind,
    api_key_name as actor,
    case when api_key_name is not null then 'service' else 'unknown' end as actor_type,
    api_key as credential,
    model_id(model) as model,
    model as model_name,
    'api' as surface,
    api_key_name as key_name,
    case when type = 'input_cache_miss_tokens' then count end as input_tokens,
    case when type = 'input_cache_hit_tokens' then count end as cache_read_tokens,
    case when type = 'output_tokens' then count end as output_tokens,
    case when is_tokens or type = 'request_count' then 'reported' else 'none' end as token_basis,
    case when type = 'request_count' then count end as requests,
    'none' as cost_basis,
    case
        when not is_tokens and type <> 'request_count' and amount is not null
            then map {lower(regexp_replace(type, '\W+', '_', 'g')): amount::double}
    end as metrics
from amounts
