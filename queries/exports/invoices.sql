-- title: Invoices
-- table: invoices
-- grain: one row per month, vendor and invoice
-- how: >
--   Write one row per invoice and month it covers, net of tax, and what it is for.
-- source: our own template
-- company: company
-- signature: [month, vendor, invoice, amount]
-- columns:
--   month: month
--   company: text
--   vendor: text
--   invoice: text
--   covers: text
--   amount: money
--   currency: text
-- template:
--   month: the month it covers, YYYY-MM
--   vendor: who sent it
--   invoice: its number
--   covers: usage, seats, prepaid or other
--   amount: net of tax; a credit note is negative
--   currency: three letters, such as USD
select
    line,
    month,
    vendor_name(vendor) as vendor,
    invoice,
    lower(coalesce(covers, 'usage')) as covers,
    amount,
    upper(coalesce(currency, 'usd')) as currency
from source
