-- label: Usage maturity
-- unit: 0 to 100
-- format: number
-- formula: geometric mean of the four pillars reach, depth, autonomy and control, each the mean of its dimensions' scores
-- null_rule: no stage where less than 70 % of the dimensions are known, or a pillar has none; a gate whose input is unknown is not passed
-- caveat: Exports show use; they cannot see culture, data or policy. Cut-offs of retention, growth and concentration are judgement.
-- worked_out_in: leverage/maturity.py
-- judged_by: [allocation]
create or replace macro usage_maturity(reach, depth, autonomy, control) as
    pow(greatest(reach, 1) * greatest(depth, 1) * greatest(autonomy, 1) * greatest(control, 1), 0.25)
