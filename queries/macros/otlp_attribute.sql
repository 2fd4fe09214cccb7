-- title: Attribute of an OTLP span
-- meaning: The value under a name in a list of keys and values, as text; NULL where no key has that name. The list is that of the span's JSON entries.
create or replace macro otlp_attribute(entries, attribute_name) as
    [
        coalesce(
            entry ->> '$.value.stringValue',
            entry ->> '$.value.intValue',
            entry ->> '$.value.doubleValue',
            entry ->> '$.value.boolValue'
        )
        for entry in entries
        if entry ->> '$.key' = attribute_name
    ][1]
