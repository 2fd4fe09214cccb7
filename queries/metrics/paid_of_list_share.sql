-- label: Paid of the list price
-- unit: share
-- format: share
-- formula: usage cost, billed and estimated ÷ list price of the tokens that count
-- null_rule: NULL where no tokens have a published list price
-- caveat: Only vendors whose tokens have a list price are on either side, without seats. Above 1 is possible, where a vendor charges for more than tokens or a model has no published price.
-- judged_by: [estimated]
create or replace macro paid_of_list_share(paid_usd, list_cost_usd) as paid_usd / nullif(list_cost_usd, 0)
