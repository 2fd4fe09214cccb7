-- title: First day of a month
-- meaning: The date of the first day of a month written 'YYYY-MM'.
create or replace macro month_start(month_text) as (month_text || '-01')::date
