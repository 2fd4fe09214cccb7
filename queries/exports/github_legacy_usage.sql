-- title: GitHub Copilot usage, the oldest API
-- table: usage
-- grain: one row per day
-- vendor: GitHub
-- how: Files of the usage endpoint that the metrics API has replaced can still be loaded.
-- source: >
--   verified, from a public viewer's sample of the answer; people are told only as counts, which add
--   up over no days
-- signature: [day, total_suggestions_count, total_acceptances_count, total_chat_turns]
-- day: day
-- authority: {tokens: none, cost: none}
-- # The counts of active users are not named below on purpose: they are kept beside the row.
-- columns:
--   day: day
--   total_suggestions_count: count
--   total_acceptances_count: count
--   total_lines_suggested: count
--   total_lines_accepted: count
--   total_chat_acceptances: count
--   total_chat_turns: count
--   breakdown: text
select
    line,
    "day",
    'activity' as row_kind,
    'unknown' as actor_type,
    'ide' as surface,
    'none' as token_basis,
    total_chat_turns as messages,
    'none' as cost_basis,
    known_entries([
        {'key': 'chat_acceptances', 'value': total_chat_acceptances::double},
        {'key': 'code_generations', 'value': total_suggestions_count::double},
        {'key': 'code_acceptances', 'value': total_acceptances_count::double},
        {'key': 'suggested_lines_added', 'value': total_lines_suggested::double},
        {'key': 'lines_added', 'value': total_lines_accepted::double}
    ]) as metrics
from source
