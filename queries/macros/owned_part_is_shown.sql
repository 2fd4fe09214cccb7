-- title: Whether the owned part of use may be told
-- meaning: >
--   What is left of all use without the part of known owners is that of people in no roster. It is
--   told only where they stand for themselves, or where nobody stands beside them. An aggregate over
--   the rows of one month under a view's filters.
create or replace macro owned_part_is_shown(owner, is_owner_known, has_use, stands_for_itself) as
    not (
        bool_or(owner = 'person' and is_owner_known)
        and bool_or(owner = 'person' and not is_owner_known and has_use and not stands_for_itself)
    )
