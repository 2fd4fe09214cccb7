-- title: Cursor daily usage API
-- table: usage
-- grain: one row per member and day
-- vendor: Cursor
-- how: Ask the team's Admin API for daily usage data of the days wanted, and keep the answer as JSON.
-- source: >
--   verified, from the vendor's Admin API description; the answer holds neither tokens nor money.
--   What a member asked for is counted as messages, so that it adds to no request of the events
-- signature: [date, email, agentRequests, totalTabsShown]
-- records: data[]
-- day: date
-- authority: {tokens: none, cost: none}
-- # mostUsedModel is not named below on purpose: it holds for no single request and is kept beside
-- # the row.
-- columns:
--   date: number                  # Unix milliseconds
--   day: day
--   userId: person
--   email: person
--   isActive: flag
--   totalLinesAdded: count
--   totalLinesDeleted: count
--   acceptedLinesAdded: count
--   acceptedLinesDeleted: count
--   totalApplies: count
--   totalAccepts: count
--   totalRejects: count
--   totalTabsShown: count
--   totalTabsAccepted: count
--   composerRequests: count
--   chatRequests: count
--   agentRequests: count
--   cmdkUsages: count
--   subscriptionIncludedReqs: count
--   apiKeyReqs: count
--   usageBasedReqs: count
--   bugbotUsages: count
--   applyMostUsedExtension: text
--   tabMostUsedExtension: text
--   clientVersion: text
--   period: text
--   pagination: text
select
    line,
    coalesce("day", try(make_timestamp((date * 1000)::bigint))::date) as day,
    'activity' as row_kind,
    coalesce(email, userId) as actor,
    case when coalesce(email, userId) is not null then 'person' else 'unknown' end as actor_type,
    'ide' as surface,
    'none' as token_basis,
    list_sum([composerRequests, chatRequests, agentRequests, cmdkUsages])::bigint as messages,
    'none' as cost_basis,
    known_entries([
        {'key': 'active_days', 'value': isActive::double},
        {'key': 'composer_requests', 'value': composerRequests::double},
        {'key': 'chat_requests', 'value': chatRequests::double},
        {'key': 'agent_requests', 'value': agentRequests::double},
        {'key': 'inline_edits', 'value': cmdkUsages::double},
        {'key': 'bugbot_uses', 'value': bugbotUsages::double},
        {'key': 'lines_added', 'value': totalLinesAdded::double},
        {'key': 'lines_deleted', 'value': totalLinesDeleted::double},
        {'key': 'accepted_lines_added', 'value': acceptedLinesAdded::double},
        {'key': 'accepted_lines_deleted', 'value': acceptedLinesDeleted::double},
        {'key': 'applies', 'value': totalApplies::double},
        {'key': 'accepts', 'value': totalAccepts::double},
        {'key': 'rejects', 'value': totalRejects::double},
        {'key': 'tabs_shown', 'value': totalTabsShown::double},
        {'key': 'tabs_accepted', 'value': totalTabsAccepted::double},
        {'key': 'included_requests', 'value': subscriptionIncludedReqs::double},
        {'key': 'usage_based_requests', 'value': usageBasedReqs::double},
        {'key': 'own_key_requests', 'value': apiKeyReqs::double}
    ]) as metrics
from source
