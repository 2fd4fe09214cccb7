-- label: Gini coefficient of tokens
-- unit: 0 to 1
-- format: number
-- formula: 2 × sum of rank × tokens ÷ (people × tokens) − (people + 1) ÷ people, ranks from the least up
-- null_rule: NULL where fewer than 50 people were active
-- caveat: 0 is the same for everyone; 1 is all with one person. It says nothing of whether the use is good.
-- judged_by: [allocation]
create or replace macro gini(ranked_tokens, tokens, people) as
    2 * ranked_tokens / nullif(people * tokens, 0) - (people + 1) / nullif(people, 0)
