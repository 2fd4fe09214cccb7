-- title: Amazon Bedrock invocation log
-- table: usage
-- grain: one row per request to a model
-- vendor: AWS
-- how: >
--   Turn on model invocation logging in the Bedrock settings with an S3 bucket as its target, and
--   hand in the .json.gz files of the days. Prompts and answers in them are not read.
-- source: >
--   partly verified, from a published schema of the log and a published example; that
--   inputTokenCount does not hold the cached tokens is how public readers take it. Of the customer's
--   own request metadata only a user is read
-- signature: [schemaType, modelId, input.inputTokenCount]
-- account: accountId
-- day: timestamp
-- prompts: true
-- authority: {tokens: usage, cost: none}
-- columns:
--   schemaType: text
--   schemaVersion: text
--   timestamp: time
--   accountId: text
--   region: text
--   inferenceRegion: text
--   requestId: text
--   operation: text
--   modelId: text
--   errorCode: text
--   identity.arn: text            # a person only in some of its forms, which the query tells apart
--   input.inputContentType: text
--   input.inputBodyJson: personal
--   input.inputBodyS3Path: text
--   input.inputTokenCount: count
--   input.cacheReadInputTokenCount: count
--   input.cacheWriteInputTokenCount: count
--   output.outputContentType: text
--   output.outputBodyJson: personal
--   output.outputBodyS3Path: text
--   output.outputTokenCount: count
--   requestMetadata.user: person
--   requestMetadata.userId: person
with requests as (
    select
        *,
        coalesce(
            "requestMetadata.user",
            "requestMetadata.userId",
            person_of_arn("identity.arn")
        ) as person,
        service_of_arn("identity.arn") as service,
        -- Profiles and provisioned throughput have ids of their own, which name no model.
        regexp_matches(modelId, ':(application-inference-profile|provisioned-model)/') as is_own_id
    from source
)

select
    line,
    timestamp::date as day,
    accountId as account,
    'tokens' as row_kind,
    coalesce(person, service) as actor,
    case
        when person is not null then 'person'
        when service is not null then 'service'
        else 'unknown'
    end as actor_type,
    service as credential,
    -- The last of an id's name is the version of its interface, not of the model.
    case when not is_own_id then model_id(regexp_replace(modelId, '-v\d+:\d+$', '')) end as model,
    modelId as model_name,
    'cloud' as surface,
    nullif(concat_ws(', ', operation, region), '') as tags,
    "input.inputTokenCount" as input_tokens,
    "input.cacheReadInputTokenCount" as cache_read_tokens,
    "input.cacheWriteInputTokenCount" as cache_write_tokens,
    "output.outputTokenCount" as output_tokens,
    case
        when coalesce("input.inputTokenCount", "output.outputTokenCount") is not null
            then 'reported'
        else 'none'
    end as token_basis,
    1 as requests,
    (errorCode is not null)::bigint as failed_requests,
    'none' as cost_basis
from requests
