-- title: Workdays of a month
-- meaning: Mondays to Fridays of a month 'YYYY-MM'; public holidays differ by country and count as workdays.
create or replace macro workdays(month) as
    len(list_filter(
        generate_series(month_start(month), month_end(month), interval 1 day),
        lambda day: isodow(day) < 6
    ))
