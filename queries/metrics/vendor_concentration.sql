-- label: Concentration of vendors
-- unit: index from 1 ÷ number of vendors (all alike) to 1 (one vendor)
-- format: ratio
-- formula: sum of squared vendor costs ÷ squared cost of all vendors
-- null_rule: NULL where no cost is known
-- caveat: The Herfindahl index of full cost by vendor. Above 0.7 one vendor decides what AI costs; it says nothing about whether that vendor is good.
-- judged_by: [estimated]
create or replace macro vendor_concentration(sum_of_squares, total) as sum_of_squares / nullif(total * total, 0)
