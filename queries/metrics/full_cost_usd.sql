-- label: Full cost
-- unit: USD
-- format: money
-- formula: billed usage (net, or amortised on cloud bills) + estimated usage where nothing was billed + seats
-- null_rule: NULL only where no part is known; a part that is unknown is named beside the figure
-- caveat: The estimated part is drawn apart. Money paid ahead (purchases) and money in a currency without a rate stand beside it and are never in it. Where seats are unknown it is called usage cost. Where another currency is chosen, it is told by one rate for all months.
-- judged_by: [estimated]
create or replace macro full_cost_usd(billed_cost_usd, estimated_cost_usd, seat_cost_usd) as
    case
        when coalesce(billed_cost_usd, estimated_cost_usd, seat_cost_usd) is not null
            then coalesce(billed_cost_usd, 0) + coalesce(estimated_cost_usd, 0) + coalesce(seat_cost_usd, 0)
    end
