-- title: Known entries
-- meaning: A map of those pairs of a list ({'key', 'value'}) whose value is known, so that what a file leaves open is not in the map at all.
create or replace macro known_entries(pairs) as
    map_from_entries([pair for pair in pairs if pair.value is not null])
