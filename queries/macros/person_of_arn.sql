-- title: Person behind an AWS principal
-- meaning: >
--   The name of an IAM or federated user, or the session's name of a role that people sign in to
--   (IAM Identity Center) or whose session bears an address. NULL for every other principal: a
--   program that assumes a role names its sessions as it likes.
create or replace macro person_of_arn(arn) as
    case
        when regexp_matches(arn, ':(user|federated-user)/')
            then nullif(regexp_extract(arn, '([^/]+)$', 1), '')
        when regexp_matches(arn, ':assumed-role/AWSReservedSSO_[^/]+/.')
            or (regexp_matches(arn, ':assumed-role/[^/]+/.') and is_address(arn))
            then nullif(regexp_extract(arn, ':assumed-role/[^/]+/(.+)$', 1), '')
    end
