-- title: What did the answer rest on before the last decision?
-- grain: one row per company (empty is all of them) × assumption × workflow × role
-- people: []
-- hides: []
-- meaning: The assumptions as they were before the newest one that was decided here and holds by the end of the window. No row where none was decided.
-- parameters: [companies, to_month]
with newest as (
    select decided_at
    from assumption_decided_last($companies::varchar[], $to_month)
)

select
    held.company,
    held.assumption,
    held.workflow,
    held.role,
    held.low::double as low,
    held.mode::double as mode,
    held.high::double as high,
    held.unit,
    held.source,
    held.author,
    held.effective_date,
    held.evidence_grade
from assumptions_held_before(
    $companies::varchar[], $to_month, (select decided_at from newest)
) as held
where not starts_with(held.assumption, 'maturity.')
    and exists (from newest)
order by held.company nulls first, held.assumption, held.workflow nulls first, held.role nulls first
