-- title: Workdays of a month, as bits
-- meaning: Mondays to Fridays of a month 'YYYY-MM' as bits of user_month.day_mask; public holidays differ by country and count as workdays.
create or replace macro workday_bits(month) as
    list_sum(list_transform(
        list_filter(
            generate_series(month_start(month), month_end(month), interval 1 day),
            lambda day: isodow(day) < 6
        ),
        lambda day: 1::bigint << (day(day) - 1)
    ))::bigint
