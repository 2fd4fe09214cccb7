-- title: A rule in words
-- meaning: The field and pattern of a rule, as “workspace = Care*”; they name it within its company and subject.
create or replace macro rule_text(field, pattern) as field || ' = ' || pattern
