-- label: Paid of the list price
-- unit: share
-- format: share
-- formula: usage cost, billed and estimated ÷ list price of the tokens that count
-- null_rule: NULL where fewer than 80 % of the tokens of the vendors compared have a published list price
-- caveat: Only vendors and models whose tokens have a list price are on either side, without seats. What such a vendor bills without tokens is paid but not in the list price, so that above 1 is possible.
-- judged_by: [estimated]
create or replace macro paid_of_list_share(paid_usd, list_cost_usd, listed_share) as
    case when listed_share >= 0.8 then paid_usd / nullif(list_cost_usd, 0) end
