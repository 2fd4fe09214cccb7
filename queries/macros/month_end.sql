-- title: Last day of a month
-- meaning: The date of the last day of a month written 'YYYY-MM'.
create or replace macro month_end(month_text) as last_day((month_text || '-01')::date)
