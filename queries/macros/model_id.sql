-- title: Canonical model id
-- meaning: >
--   The id under which one model's use and price meet, made from a raw id, a gateway's
--   provider/model or a display name: lower case, words joined by "-", no date and no provider.
--   Claude ids follow the vendor's own order, family first from version 4 on. Modes that are no
--   model of their own (Auto, Claude's thinking) are dropped; NULL and blank stay NULL. What the
--   export wrote is kept beside it as model_name. As a subquery it is worked out once for each different
--   name and not for each row.
create or replace macro model_id(name) as (
    select
        trim(written)
            .lower()
            -- Who chose it or where it ran is not the model: "Auto: …", openai/gpt-5, us.anthropic.….
            .regexp_replace('^auto:\s*', '')
            .regexp_replace('^.*/', '')
            .regexp_replace(
                '^([a-z-]+\.)?(amazon|anthropic|cohere|deepseek|meta|mistral|openai|qwen)\.',
                ''
            )
            -- A fine-tuned id goes on with the customer's organisation and job.
            .regexp_replace('^ft:([^:]+):.*$', 'ft:\1')
            .regexp_replace('\s+', '-', 'g')
            .regexp_replace(':\d+$', '')
            .regexp_replace('^(claude-.+)-(thinking|latest)$', '\1')
            .regexp_replace('[-@](\d{8}(-v\d+)?|\d{4}-\d{2}-\d{2})$', '')
            -- Claude Haiku 4.5, claude-4.5-haiku and claude-haiku-4-5 are one model.
            .regexp_replace('^(claude-.*\d)\.(\d)', '\1-\2')
            .regexp_replace('^claude-(opus|sonnet|haiku)-3(-\d)?$', 'claude-3\2-\1')
            .regexp_replace('^claude-([4-9])(-\d)?-(opus|sonnet|haiku)$', 'claude-\3-\1\2')
            .nullif('')
    from (select name as written)
)
