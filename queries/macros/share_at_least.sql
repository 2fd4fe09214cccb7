-- title: Share told in steps
-- meaning: >
--   The share rounded down to a whole twentieth, at most nineteen, for shares whose exact value would
--   tell what a few people used. NULL where those people hold over a tenth of the total, or the total
--   is under 1000: a step would then still say nearly what they used.
create or replace macro share_at_least(share, part_of_few, total) as
    case
        when total >= 1000 and coalesce(part_of_few, 0) <= 0.1 * total
            then least(floor(share * 20), 19) / 20
    end
