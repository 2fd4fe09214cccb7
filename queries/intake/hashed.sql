-- title: Aliases met in this load
-- grain: one row per alias
-- meaning: Holds the alias and its pseudonym while a file is mapped; it lives in memory and dies with the loader.
-- asked_by: intake
create table hashed (alias varchar, pseudonym varchar)
