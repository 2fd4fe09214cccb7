-- title: Seats
-- table: seats
-- grain: one row per month, vendor and plan
-- how: >
--   Write one row per month and plan that is paid by the seat: the number of seats paid for and the
--   price of one seat for that month, after discount and without tax, in the currency named.
-- source: our own template
-- company: company
-- signature: [month, vendor, plan, seats, price]
-- columns:
--   month: month
--   company: text
--   vendor: text
--   plan: text
--   seats: number
--   price: money
--   currency: text
-- template:
--   month: YYYY-MM
--   vendor: who sells the seats
--   plan: name of the plan
--   seats: how many are paid for in that month
--   price: of one seat for that month, after discount and without tax
--   currency: three letters, such as USD
select
    line,
    month,
    vendor_name(vendor) as vendor,
    plan,
    seats,
    price as seat_price,
    upper(coalesce(currency, 'usd')) as currency
from source
