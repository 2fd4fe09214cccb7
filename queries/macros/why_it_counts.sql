-- title: Why a source counts, or does not
-- meaning: >
--   A word for why a source counts on a day for tokens or for cost: what it is by its rank, or that it
--   was chosen; else what goes before it. NULL where it holds nothing of the measure. `winner` is the
--   source that goes first among those that tell of the same use.
create or replace macro why_it_counts(
    rank, names_by_rank, is_shadowed, is_foreign, is_chosen, names_actors, kind, winner
) as
    case
        when rank is null then null
        when is_shadowed and is_foreign then 'own_export'
        when is_shadowed then 'other_chosen'
        when kind = winner.kind and is_chosen then 'chosen'
        when kind = winner.kind then names_by_rank[rank]
        when winner.is_chosen then 'other_chosen'
        when winner.rank < rank then 'better_source'
        when winner.names_actors and not names_actors then 'names_people'
        else 'later_load'
    end
