-- title: Claude Code by member
-- table: usage
-- grain: one row per member in the period of the file
-- vendor: Anthropic
-- how: >
--   In the Team or Enterprise plan's Analytics, under Claude Code, export the members' table of one
--   month, and leave the file the name it has.
-- source: partly verified, from descriptions of the file; its lines are those accepted in the month
-- signature: [User, Lines this month, PRs with CC]
-- accounts: Claude Enterprise organisations
-- period_in_name: '(?P<from>\d{4}-\d{2}-\d{2})-to-(?P<to>\d{4}-\d{2}-\d{2})'
-- authority: {tokens: none, cost: none}
-- columns:
--   User: person
--   Lines this month: count
--   PRs with CC: count
select
    line,
    stated_first_day as day,
    stated_first_day as period_start,
    stated_last_day as period_end,
    'activity' as row_kind,
    "User" as actor,
    case when "User" is not null then 'person' else 'unknown' end as actor_type,
    'code_agent' as surface,
    'none' as token_basis,
    'none' as cost_basis,
    known_entries([
        {
            'key': 'active_periods',
            'value': ("Lines this month" > 0 or "PRs with CC" > 0)::integer::double
        },
        {'key': 'accepted_lines_added', 'value': "Lines this month"::double},
        {'key': 'pull_requests_with_claude_code', 'value': "PRs with CC"::double}
    ]) as metrics
from source
