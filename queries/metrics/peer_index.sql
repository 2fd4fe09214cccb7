-- label: Index to peers
-- unit: 100 is the median of the peers
-- format: count
-- formula: 100 × tokens per employee ÷ median of the other companies
-- null_rule: NULL with fewer than five other companies to compare with, and where a figure is unknown
-- caveat: The other companies of this installation, each counted once whatever its size. Of a handful of companies the median moves when one of them does.
create or replace macro peer_index(own, peers_median, peers) as
    case when peers >= 5 then 100 * own / nullif(peers_median, 0) end
