-- title: Vendor's proper name
-- meaning: >
--   The name under which a vendor stands everywhere, from the alias a gateway or a bill uses. The
--   vendor is who bills the use: a Claude model served by Bedrock is AWS's. An alias that is not
--   known stays as it is; NULL and blank stay NULL.
create or replace macro vendor_name(alias) as
    coalesce(
        map {
            'anthropic': 'Anthropic',
            'claude': 'Anthropic',
            'amazon': 'AWS',
            'amazon web services': 'AWS',
            'amazon web services, inc.': 'AWS',
            'aws': 'AWS',
            'bedrock': 'AWS',
            'bedrock_converse': 'AWS',
            'sagemaker': 'AWS',
            'cohere': 'Cohere',
            'cohere_chat': 'Cohere',
            'anysphere': 'Cursor',
            'cursor': 'Cursor',
            'databricks': 'Databricks',
            'deepseek': 'DeepSeek',
            'fireworks_ai': 'Fireworks AI',
            'copilot': 'GitHub',
            'github': 'GitHub',
            'github copilot': 'GitHub',
            'github_copilot': 'GitHub',
            'gcp': 'Google',
            'gemini': 'Google',
            'google': 'Google',
            'google cloud': 'Google',
            'vertex_ai': 'Google',
            'vertex_ai_beta': 'Google',
            'groq': 'Groq',
            'azure': 'Microsoft',
            'azure_ai': 'Microsoft',
            'azure_text': 'Microsoft',
            'm365': 'Microsoft',
            'microsoft': 'Microsoft',
            'microsoft azure': 'Microsoft',
            'mistral': 'Mistral',
            'mistral ai': 'Mistral',
            'chatgpt': 'OpenAI',
            'openai': 'OpenAI',
            'text-completion-openai': 'OpenAI',
            'openrouter': 'OpenRouter',
            'oracle': 'Oracle',
            'perplexity': 'Perplexity',
            'snowflake': 'Snowflake',
            'together_ai': 'Together AI',
            'xai': 'xAI'
        }[lower(trim(alias))],
        nullif(trim(alias), '')
    )
