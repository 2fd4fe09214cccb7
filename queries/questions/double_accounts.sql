-- title: Which accounts hold the same amounts?
-- grain: one row per company × vendor × pair of sources
-- people: []
-- hides: []
-- meaning: >
--   Two accounts of a company that hold the same tokens, or the same cost where one has no tokens, on
--   three days or more: the same use, loaded under two names, would count twice. A gateway beside the
--   vendor's own export is not among them, because only one of the two counts.
-- parameters: [companies, from_month, to_month]
with daily as (
    select used.*, kinds.is_foreign
    from daily_use($from_month, $to_month) as used
    join kinds using (kind)
    where ($companies::varchar[] is null or list_contains($companies::varchar[], company))
)

select
    one.company,
    one.vendor,
    one.kind,
    one.account,
    other.kind as other_kind,
    other.account as other_account,
    count(*) as n_days,
    min(one.day) as first_day,
    max(one.day) as last_day
from daily as one
join daily as other
    on other.company = one.company
    and other.vendor = one.vendor
    and other.day = one.day
    and other.is_foreign = one.is_foreign
    and other.account <> one.account
    and (one.kind, one.account) < (other.kind, other.account)
    and case
        when one.tokens is not null and other.tokens is not null
            then one.tokens = other.tokens and one.tokens > 0
        else one.cost_usd = other.cost_usd and one.cost_usd > 0
    end
group by all
having n_days >= 3
order by all
