-- title: What happened that may explain a figure?
-- grain: one row per company × day × event of the trend
-- people: []
-- hides: []
-- meaning: >
--   What analysts wrote down, such as a roll-out or a training, where the files of one kind changed
--   what they hold, and where another source began to count. Told of every company, since one in
--   which something was done is no comparison for another; is_in_view says which are chosen. An
--   event that names a vendor or a department is left out where the filters let through others only;
--   it is text an analyst wrote and tells no number.
-- parameters: [companies, departments, to_month, trend_from, vendors]
select
    strftime(day, '%Y-%m') as month,
    day,
    company,
    event_kind,
    event,
    vendor,
    department,
    company is null or $companies::varchar[] is null or list_contains($companies::varchar[], company)
        as is_in_view,
    json_extract_string(attrs, '$.changes[0]') as changed
from events
where strftime(day, '%Y-%m') between $trend_from and $to_month
    and ($vendors::varchar[] is null or vendor is null or list_contains($vendors::varchar[], vendor))
    and (
        $departments::varchar[] is null
        or department is null
        or list_contains($departments::varchar[], department)
    )
order by day, company, event
