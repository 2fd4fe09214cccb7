-- title: A generated gateway export
-- grain: one row per generated day, person and model
select
    'person' || floor($people * pow(random(), 2))::integer || '@bench.example' as user_id,
    (date '2024-11-01' + (729 * pow(random(), 0.7))::integer)::varchar as date,
    'key-' || (i % 50) as api_key,
    (
        [
            'gpt-5', 'gpt-5-mini', 'gpt-4o', 'gpt-4o-mini', 'o3', 'claude-sonnet-4-5',
            'claude-haiku-4-5', 'claude-opus-4-5', 'claude-sonnet-5', 'gemini-2.5-pro',
            'gemini-2.5-flash', 'mistral-large-latest'
        ]
    )[1 + i % 12] as model,
    '' as model_group,
    (
        [
            'openai', 'openai', 'openai', 'openai', 'openai', 'anthropic', 'anthropic', 'anthropic',
            'anthropic', 'gemini', 'gemini', 'mistral'
        ]
    )[1 + i % 12] as custom_llm_provider,
    '' as mcp_namespaced_tool_name,
    '/v1/chat/completions' as endpoint,
    (10 * exp(6 + 2 * random()))::integer as prompt_tokens,
    exp(5 + 2 * random())::integer as completion_tokens,
    exp(5 + 2 * random())::integer as cache_read_input_tokens,
    0 as cache_creation_input_tokens,
    round(0.3 * random(), 6) as spend,
    1 + i % 20 as api_requests,
    1 + i % 20 as successful_requests,
    0 as failed_requests
from range($rows) as numbers(i)
