-- title: Vendor that a model's name tells
-- meaning: >
--   The vendor of a model where an export names the model and nobody who sells it, from the raw
--   name: a provider before the slash, Bedrock's dotted prefixes (AWS), else who makes the model.
--   A model bought from a cloud under its maker's name is taken for the maker's; NULL where the name
--   tells nothing.
create or replace macro vendor_of_model(name) as
    case
        when contains(name, '/') then vendor_name(regexp_extract(name, '^([^/]+)/', 1))
        when regexp_matches(lower(name), '^([a-z-]+\.)?(amazon|anthropic|cohere|deepseek|meta|mistral|qwen)\.')
            then 'AWS'
        when regexp_matches(lower(name), '^(ft:)?(gpt|chatgpt|o[1-9]|text-embedding-(3|ada)|codex|dall-e|whisper|tts|davinci|babbage)')
            then 'OpenAI'
        when starts_with(lower(name), 'claude') then 'Anthropic'
        when regexp_matches(lower(name), '^(gemini|gemma|text-embedding-00)') then 'Google'
        when regexp_matches(lower(name), '^(mistral|ministral|codestral|magistral|devstral|pixtral)') then 'Mistral'
        when starts_with(lower(name), 'deepseek') then 'DeepSeek'
        when starts_with(lower(name), 'grok') then 'xAI'
        when regexp_matches(lower(name), '^(command|embed-|rerank)') then 'Cohere'
        when starts_with(lower(name), 'sonar') then 'Perplexity'
    end
