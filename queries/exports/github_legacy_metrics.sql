-- title: GitHub Copilot metrics, the older API
-- table: usage
-- grain: one row per day
-- vendor: GitHub
-- how: Ask the older metrics endpoint of the organisation or enterprise, and keep the JSON.
-- source: >
--   verified, from a public viewer's samples of the answer. Chats and suggestions of all editors,
--   models and languages are added up; people are told only as counts, which add up over no days
-- signature: [date, copilot_ide_code_completions.editors, copilot_ide_chat.editors]
-- day: date
-- authority: {tokens: none, cost: none}
-- # The counts of active and engaged users are not named below on purpose: they are kept beside the
-- # row.
-- columns:
--   date: day
--   copilot_ide_code_completions.editors: text
--   copilot_ide_code_completions.languages: text
--   copilot_ide_chat.editors: text
--   copilot_dotcom_chat.models: text
--   copilot_dotcom_pull_requests.repositories: text
with parsed as (
    select
        line,
        date,
        flatten([
            editor.models for editor in from_json(
                "copilot_ide_chat.editors",
                '[{"models": [{
                    "total_chats": "BIGINT",
                    "total_chat_copy_events": "BIGINT",
                    "total_chat_insertion_events": "BIGINT"
                }]}]'
            )
        ]) as chat_models,
        from_json("copilot_dotcom_chat.models", '[{"total_chats": "BIGINT"}]') as web_models,
        flatten([
            model.languages for model in flatten([
                editor.models for editor in from_json(
                    "copilot_ide_code_completions.editors",
                    '[{"models": [{"languages": [{
                        "total_code_suggestions": "BIGINT",
                        "total_code_acceptances": "BIGINT",
                        "total_code_lines_suggested": "BIGINT",
                        "total_code_lines_accepted": "BIGINT"
                    }]}]}]'
                )
            ])
        ]) as languages,
        flatten([
            repository.models for repository in from_json(
                "copilot_dotcom_pull_requests.repositories",
                '[{"models": [{"total_pr_summaries_created": "BIGINT"}]}]'
            )
        ]) as summary_models
    from source
)

select
    line,
    date as day,
    'activity' as row_kind,
    'unknown' as actor_type,
    'ide' as surface,
    'none' as token_basis,
    list_sum(list_concat(
        [model.total_chats for model in chat_models],
        [model.total_chats for model in web_models]
    ))::bigint as messages,
    'none' as cost_basis,
    known_entries([
        {
            'key': 'chat_copies',
            'value': list_sum([model.total_chat_copy_events for model in chat_models])::double
        },
        {
            'key': 'chat_insertions',
            'value': list_sum([model.total_chat_insertion_events for model in chat_models])::double
        },
        {
            'key': 'code_generations',
            'value': list_sum([language.total_code_suggestions for language in languages])::double
        },
        {
            'key': 'code_acceptances',
            'value': list_sum([language.total_code_acceptances for language in languages])::double
        },
        {
            'key': 'suggested_lines_added',
            'value': list_sum(
                [language.total_code_lines_suggested for language in languages]
            )::double
        },
        {
            'key': 'lines_added',
            'value': list_sum(
                [language.total_code_lines_accepted for language in languages]
            )::double
        },
        {
            'key': 'pull_request_summaries',
            'value': list_sum(
                [model.total_pr_summaries_created for model in summary_models]
            )::double
        }
    ]) as metrics
from parsed
