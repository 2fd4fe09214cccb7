-- label: Place among peers
-- unit: share
-- format: share
-- formula: other companies with fewer tokens per employee, and half of those with as many ÷ other companies
-- null_rule: NULL with fewer than five other companies to compare with, and where a figure is unknown
-- caveat: A place without how sure it is misleads, so the ranks that months allow stand beside it. Tokens per employee by month of up to twelve months, on a log scale and against the month's mean, pulled towards the mean of all by how much a company's months differ (partial pooling); nine of ten draws lie in the ranks told.
create or replace macro peer_percentile(peers_below, peers_alike, peers) as
    case when peers >= 5 then (peers_below + peers_alike / 2) / peers end
