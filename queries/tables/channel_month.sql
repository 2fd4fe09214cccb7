-- title: Channels by month
-- grain: one row per month × company × channel
-- partition: month
-- meaning: How much of the use that counts came from agents, programs and the API, and how much from people in a chat or an editor. It knows no people but their number, by which it is judged whether the split may be shown.
select
    null::varchar as month,
    null::varchar as company,
    null::varchar as channel,                      -- agent (agents, services, API), assist (chat, editor, office), unknown
    null::bigint as input_tokens,
    null::bigint as cache_read_tokens,
    null::bigint as cache_write_tokens,
    null::bigint as output_tokens,
    null::bigint as n_people                       -- people among those who used it
where false
