-- title: Which companies does the view look at?
-- grain: one row per company
-- people: []
-- hides: []
-- meaning: The companies that have the sector, the origin and the size asked for, of those named.
-- parameters: [company, origin, sector, size]
select company
from company_traits
where ($company::varchar[] is null or list_contains($company::varchar[], company))
    and ($sector::varchar[] is null or list_contains($sector::varchar[], sector))
    and ($origin::varchar[] is null or list_contains($origin::varchar[], origin))
    and ($size::varchar[] is null or list_contains($size::varchar[], size))
order by company
