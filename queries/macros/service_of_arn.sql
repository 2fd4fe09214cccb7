-- title: Service behind an AWS principal
-- meaning: The role that a program has assumed, without the session's name, or the account's root; NULL for a person and for what is no principal.
create or replace macro service_of_arn(arn) as
    case
        when person_of_arn(arn) is not null then null
        when regexp_matches(arn, ':assumed-role/.') then regexp_extract(arn, ':assumed-role/([^/]+)', 1)
        when regexp_matches(arn, ':role/.') then regexp_extract(arn, '([^/]+)$', 1)
        when regexp_matches(arn, '^arn:.*:root$') then 'root'
    end
