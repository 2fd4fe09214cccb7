-- title: Sum of maps
-- meaning: One map from a list of maps of numbers, each key with the sum over those that have it.
create or replace macro sum_maps(maps) as
    case len(maps)
        when 0 then null
        when 1 then maps[1]
        else map_from_entries(
            list_transform(
                list_sort(list_distinct(flatten(list_transform(maps, lambda m: map_keys(m))))),
                lambda k: {'key': k, 'value': list_sum(list_transform(maps, lambda m: m[k]))}
            )
        )
    end
