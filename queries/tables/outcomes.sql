-- title: Outcomes
-- grain: one row per line of an export, which is a thing that was done, or a month's count of them
-- time: day
-- account: account
-- by_kind: true
-- meaning: "What work came out, and how good it was: tickets, deployments, reviews, defects. A row that stands for a month carries its end."
select
    null::date as day,                             -- UTC; the first day of a row that stands for a month
    null::date as period_end,                      -- only on rows that stand for a month
    null::varchar as company,
    null::varchar as account,                      -- project, repository or tracker the file speaks of
    null::varchar as kind,
    null::varchar as scope,                        -- team, department or repository; NULL is the company
    null::varchar as workflow,
    null::varchar as metric,                       -- tickets, deployments, lead_time_hours, …
    null::decimal(18, 6) as value,                 -- a count, or a mean over n
    null::bigint as n,                             -- what a mean rests on; NULL on counts
    null::varchar as attrs,
    null::bigint as load_id,
    null::bigint as first_line
where false
