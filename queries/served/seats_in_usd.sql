-- title: Seats in US dollars
-- grain: one row per company × month × vendor × plan × currency × price
-- served_as: table
-- meaning: What the seats of a month cost in US dollars, by the rate loaded for that month; NULL where there is none.
select
    seats.month,
    seats.company,
    seats.vendor,
    seats.plan,
    seats.seats,
    seats.currency,
    seats.seats * seats.seat_price as cost_in_currency,
    case
        when seats.currency = 'USD' then seats.seats * seats.seat_price
        else seats.seats * seats.seat_price * rates.usd_per_unit
    end::decimal(18, 6) as cost_usd
from seats
left join rates
    on rates.company = seats.company
    and rates.month = seats.month
    and rates.currency = seats.currency
