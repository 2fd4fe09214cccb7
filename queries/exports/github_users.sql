-- title: GitHub Copilot use by user
-- table: usage
-- grain: one row per user and day, and one more for the tokens of the command line
-- vendor: GitHub
-- how: >
--   Ask the Copilot usage metrics API for the users' report of a day or of 28 days, and keep what
--   its download links hold, as NDJSON or JSON: of the organisations or of the enterprise, not both.
-- source: >
--   verified, from the vendor's schema and examples; both reports have the same rows, and of days
--   that two files share the later one holds. Tokens are those of the command line alone, so a bill
--   that holds tokens goes before them. Organisations are numbers here and names in the bill, so
--   they are no account. How ai_adoption_phase is decided is unverified
-- signature: [user_id, user_initiated_interaction_count, code_generation_activity_count]
-- day: day
-- authority: {tokens: some, cost: none}
-- # ai_adoption_phase and total_active_days are not named below on purpose: they add to nothing and
-- # are kept beside the row.
-- columns:
--   user_id: person
--   user_login: person
--   login: person
--   day: day
--   report_day: day
--   report_start_day: text
--   report_end_day: text
--   created_at: text
--   organization_id: text
--   enterprise_id: text
--   user_initiated_interaction_count: count
--   code_generation_activity_count: count
--   code_acceptance_activity_count: count
--   loc_suggested_to_add_sum: count
--   loc_suggested_to_delete_sum: count
--   loc_added_sum: count
--   loc_deleted_sum: count
--   used_agent: flag
--   used_chat: flag
--   used_cli: flag
--   used_copilot_coding_agent: flag
--   used_copilot_cloud_agent: flag
--   used_copilot_code_review_active: flag
--   used_copilot_code_review_passive: flag
--   ai_credits_used: number
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
with features as (
    select
        *,
        from_json(
            totals_by_feature,
            '[{"feature": "VARCHAR", "user_initiated_interaction_count": "DOUBLE"}]'
        ) as feature_totals,
        coalesce(
            "totals_by_cli.token_usage.prompt_tokens_sum",
            "totals_by_cli.token_usage.output_tokens_sum"
        ) is not null as has_tokens
    from source
),

split as (
    -- What was done and what it took stand in rows of their own, so that nothing adds up twice.
    select
        *,
        unnest(if(has_tokens, ['activity', 'tokens'], ['activity'])) as row_kind,
        row_kind = 'tokens' as is_tokens
    from features
)

select
    line,
    coalesce("day", report_day) as day,
    row_kind,
    coalesce(user_login, login, user_id) as actor,
    case when coalesce(user_login, login, user_id) is not null then 'person' else 'unknown' end
        as actor_type,
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
        else sum_maps(list_concat(
            [known_entries([
                {
                    'key': 'active_days',
                    'value': (
                        greatest(
                            user_initiated_interaction_count,
                            code_generation_activity_count,
                            code_acceptance_activity_count,
                            "totals_by_cli.request_count"
                        ) > 0
                        or coalesce(used_agent, false)
                        or coalesce(used_chat, false)
                        or coalesce(used_cli, false)
                        or coalesce(used_copilot_coding_agent, false)
                        or coalesce(used_copilot_cloud_agent, false)
                        or coalesce(used_copilot_code_review_active, false)
                    )::double
                },
                {'key': 'chat_days', 'value': used_chat::double},
                {'key': 'agent_days', 'value': used_agent::double},
                {'key': 'cli_days', 'value': used_cli::double},
                {'key': 'coding_agent_days', 'value': used_copilot_coding_agent::double},
                {'key': 'cloud_agent_days', 'value': used_copilot_cloud_agent::double},
                {'key': 'review_days', 'value': used_copilot_code_review_active::double},
                {'key': 'code_generations', 'value': code_generation_activity_count::double},
                {'key': 'code_acceptances', 'value': code_acceptance_activity_count::double},
                {'key': 'suggested_lines_added', 'value': loc_suggested_to_add_sum::double},
                {'key': 'suggested_lines_deleted', 'value': loc_suggested_to_delete_sum::double},
                {'key': 'lines_added', 'value': loc_added_sum::double},
                {'key': 'lines_deleted', 'value': loc_deleted_sum::double},
                -- The bill holds the same credits with their price.
                {'key': 'ai_credits_used', 'value': ai_credits_used::double},
                {'key': 'cli_sessions', 'value': "totals_by_cli.session_count"::double},
                {'key': 'cli_prompts', 'value': "totals_by_cli.prompt_count"::double}
            ])],
            [
                map {'interactions: ' || total.feature: total.user_initiated_interaction_count}
                for total in coalesce(feature_totals, [])
                if total.user_initiated_interaction_count > 0
            ]
        ))
    end as metrics
from split
