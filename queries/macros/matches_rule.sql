-- title: Whether a value is what a rule's pattern says
-- meaning: Compared without regard to case; * stands for any text, ? for one character, and everything else for itself. NULL where there is no value.
create or replace macro matches_rule(value, pattern) as
    value ilike
    replace(replace(replace(replace(replace(
        pattern, '\', '\\'), '%', '\%'), '_', '\_'), '*', '%'), '?', '_')
    escape '\'
