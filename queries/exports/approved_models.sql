-- title: Approved models
-- table: approved_models
-- grain: one row per vendor and model
-- how: >
--   Write one row per model that your company has decided on; a new list replaces the old one from its date.
-- source: our own template
-- company: company
-- signature: [vendor, model, status]
-- columns:
--   effective_date: day
--   company: text
--   vendor: text
--   model: text
--   status: text
--   note: text
-- template:
--   effective_date: from when the list holds, YYYY-MM-DD
--   vendor: who sells the model
--   model: its id or name; empty for every model of the vendor
--   status: approved, restricted or forbidden
--   note: what is restricted, if anything
select
    line,
    effective_date,
    vendor_name(vendor) as vendor,
    model_id(model) as model,
    lower(status) as status,
    note
from source
