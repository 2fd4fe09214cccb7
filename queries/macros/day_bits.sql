-- title: Days as bits
-- meaning: The bits of user_month.day_mask for the days of a month that lie in a span of dates, both ends included; 0 where none does.
create or replace macro day_bits(month_text, first_day, last_day) as
    case
        when first_day > month_end(month_text) or last_day < month_start(month_text) then 0::bigint
        else (1::bigint << day(least(last_day, month_end(month_text))))
            - (1::bigint << (day(greatest(first_day, month_start(month_text))) - 1))
    end
