-- title: GitHub Copilot report of an organisation or enterprise
-- table: usage
-- grain: one row per day, and one more for the tokens of the command line
-- vendor: GitHub
-- how: >
--   Ask the Copilot usage metrics API for the organisation's or the enterprise's report of a day or
--   of 28 days, and keep what its download links hold, as NDJSON or JSON: of the one or of the
--   other, not of both.
-- source: >
--   verified, from the vendor's schema and mock data. The same use stands by person in the users'
--   report, which goes before this one where both are loaded. Tokens are those of the command line
--   alone. Organisations are numbers here and names in the bill, so they are no account
-- signature: [monthly_active_agent_users, user_initiated_interaction_count, code_generation_activity_count]
-- day: day
-- authority: {tokens: some, cost: none}
-- # The other counts of distinct users and the medians are not named below on purpose: they add up
-- # over no days and are kept beside the row.
-- columns:
--   day: day
--   report_start_day: text
--   report_end_day: text
--   created_at: text
--   organization_id: text
--   enterprise_id: text
--   monthly_active_agent_users: text
--   user_initiated_interaction_count: count
--   code_generation_activity_count: count
--   code_acceptance_activity_count: count
--   loc_suggested_to_add_sum: count
--   loc_suggested_to_delete_sum: count
--   loc_added_sum: count
--   loc_deleted_sum: count
--   totals_by_ide: text
--   totals_by_feature: text
--   totals_by_language_feature: text
--   totals_by_language_model: text
--   totals_by_model_feature: text
--   totals_by_cli: text
--   totals_by_cli.session_count: count
--   totals_by_cli.request_count: count
--   totals_by_cli.prompt_count: count
--   totals_by_cli.token_usage.prompt_tokens_sum: count
--   totals_by_cli.token_usage.output_tokens_sum: count
--   pull_requests.total_created: count
--   pull_requests.total_created_by_copilot: count
--   pull_requests.total_reviewed: count
--   pull_requests.total_reviewed_by_copilot: count
--   pull_requests.total_merged: count
--   pull_requests.total_merged_created_by_copilot: count
--   pull_requests.total_merged_reviewed_by_copilot: count
--   pull_requests.total_suggestions: count
--   pull_requests.total_applied_suggestions: count
--   pull_requests.total_copilot_suggestions: count
--   pull_requests.total_copilot_applied_suggestions: count
with split as (
    -- What was done and what it took stand in rows of their own, so that nothing adds up twice.
    select
        *,
        coalesce(
            "totals_by_cli.token_usage.prompt_tokens_sum",
            "totals_by_cli.token_usage.output_tokens_sum"
        ) is not null as has_tokens,
        unnest(if(has_tokens, ['activity', 'tokens'], ['activity'])) as row_kind,
        row_kind = 'tokens' as is_tokens
    from source
)

select
    line,
    "day",
    row_kind,
    'unknown' as actor_type,
    case when is_tokens then 'code_agent' else 'ide' end as surface,
    coalesce(organization_id, enterprise_id) as workspace,
    case when is_tokens then 'copilot_cli' end as tags,
    -- The cached part of a prompt is inside and not told apart.
    case when is_tokens then "totals_by_cli.token_usage.prompt_tokens_sum" end as input_tokens,
    case when is_tokens then "totals_by_cli.token_usage.output_tokens_sum" end as output_tokens,
    case when is_tokens then 'total_only' else 'none' end as token_basis,
    case when is_tokens then "totals_by_cli.request_count" end as requests,
    case when not is_tokens then user_initiated_interaction_count end as messages,
    case when is_tokens then 'covered_by_plan' else 'none' end as cost_basis,
    case
        when is_tokens then null
        else known_entries([
            {'key': 'code_generations', 'value': code_generation_activity_count::double},
            {'key': 'code_acceptances', 'value': code_acceptance_activity_count::double},
            {'key': 'suggested_lines_added', 'value': loc_suggested_to_add_sum::double},
            {'key': 'suggested_lines_deleted', 'value': loc_suggested_to_delete_sum::double},
            {'key': 'lines_added', 'value': loc_added_sum::double},
            {'key': 'lines_deleted', 'value': loc_deleted_sum::double},
            {'key': 'cli_sessions', 'value': "totals_by_cli.session_count"::double},
            {'key': 'cli_prompts', 'value': "totals_by_cli.prompt_count"::double},
            {'key': 'pull_requests_created', 'value': "pull_requests.total_created"::double},
            {
                'key': 'pull_requests_created_by_copilot',
                'value': "pull_requests.total_created_by_copilot"::double
            },
            {'key': 'pull_requests_reviewed', 'value': "pull_requests.total_reviewed"::double},
            {
                'key': 'pull_requests_reviewed_by_copilot',
                'value': "pull_requests.total_reviewed_by_copilot"::double
            },
            {'key': 'pull_requests_merged', 'value': "pull_requests.total_merged"::double},
            {
                'key': 'pull_requests_merged_created_by_copilot',
                'value': "pull_requests.total_merged_created_by_copilot"::double
            },
            {
                'key': 'pull_requests_merged_reviewed_by_copilot',
                'value': "pull_requests.total_merged_reviewed_by_copilot"::double
            },
            {'key': 'review_suggestions', 'value': "pull_requests.total_suggestions"::double},
            {
                'key': 'review_suggestions_applied',
                'value': "pull_requests.total_applied_suggestions"::double
            },
            {
                'key': 'review_suggestions_by_copilot',
                'value': "pull_requests.total_copilot_suggestions"::double
            },
            {
                'key': 'review_suggestions_by_copilot_applied',
                'value': "pull_requests.total_copilot_applied_suggestions"::double
            }
        ])
    end as metrics
from split
