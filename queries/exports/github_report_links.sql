-- title: GitHub Copilot report links
-- table: usage
-- grain: one row per answer of the reports API
-- vendor: GitHub
-- how: Not needed, as it holds no use; it is what the reports API answers before the report itself.
-- source: verified, from the vendor's mock data
-- advice: Open each link in the file, while it is valid, and load the report behind it
-- signature: [download_links]
-- authority: {tokens: none, cost: none}
-- columns:
--   download_links: personal      # whoever has a link has the report
--   report_day: text
--   report_start_day: text
--   report_end_day: text
select line, 'links to a report, no use' as set_aside
from source
