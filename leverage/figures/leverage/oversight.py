"""Leverage against oversight: who uses how much, and whether someone still looks."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from leverage import charts, words
from leverage.figures.figure import Ask, Chart, Hidden, Table
from leverage.figures.ground import Ground, ground
from leverage.figures.leverage.policy import policy, policy_table
from leverage.figures.leverage.units import Units, units
from leverage.figures.rates import decimal, per_hundred
from leverage.figures.scope import basis, listed
from leverage.stats import Band, wilson
from leverage.words import Said, Sentence

MONTHS_BEFORE: Final = 3
"""How many months tell what was usual."""


def warnings(ask: Ask, facts: Ground) -> list[Sentence]:
    """Say where escapes or review load worsened while tokens rose, if anywhere.

    The window is held against the three months before it. A rate counts as worse where it is beyond
    the policy's ratio and its lower bound is above what it was, a load beyond the ratio alone.
    """
    if facts.view.role or facts.view.is_by_use:
        return []
    use = {
        (row["period"], row["company"], row["unit"]): row["tokens_per_employee"]
        for row in ask("use_by_unit").frame.iter_rows(named=True)
        if row["unit_kind"] == "department"
    }
    reviews = {
        (row["period"], row["company"], row["department"]): row
        for row in ask("oversight_by_department").frame.iter_rows(named=True)
    }
    several = len({company for _, company, _ in reviews}) > 1
    worse = []
    for (period, company, department), row in reviews.items():
        before = reviews.get(("before", company, department))
        used = [use.get((when, company, department)) for when in ("this", "before")]
        if period != "this" or before is None or before["months"] < MONTHS_BEFORE or None in used:
            continue
        if used[0] <= used[1]:  # type: ignore[operator]
            continue
        name = f"{department} · {company}" if several else department
        now, was = row["escape_rate"], before["escape_rate"]
        if is_worse(now, row["accepted"], was):
            worse.append(
                (name, "escape rate", Said(was, per_hundred(was)), Said(now, per_hundred(now)))
            )
        load, loaded = row["review_load"], before["review_load"]
        if load is not None and loaded and load > policy()["most_load_ratio"] * loaded:
            worse.append(
                (
                    name,
                    "review load",
                    Said(round(loaded, 1), f"{loaded:.1f}"),
                    Said(round(load, 1), f"{load:.1f}"),
                )
            )
    if not worse:
        return []
    lead = f"Early warning at {listed(list(dict.fromkeys(name for name, *_ in worse)), 2)}"
    told = [f"{what} of {name} {was.text} to {now.text}" for name, what, was, now in worse[:2]]
    more = f", and {words.count(len(worse) - 2)} more" if len(worse) > 2 else ""
    text = (
        f"{lead}: while tokens per employee rose, {' and '.join(told)}{more}, against the three "
        "months before."
    )
    return [
        Sentence(
            "oversight", lead, text, tuple(n for *_, was, now in worse[:2] for n in (was, now))
        )
    ]


def is_worse(rate: float | None, n: float | None, was: float | None) -> bool:
    """Tell whether a rate over n pieces is worse than it was: beyond the policy, and beyond chance.

    A tenth more of few defects is one defect: the lower bound of its 95 % interval must be above
    what it was, too.
    """
    bound = None if rate is None or not n else wilson(rate * n, n)
    if rate is None or was is None or bound is None:
        return False
    return rate > policy()["most_escape_ratio"] * was and bound.low > was


# ---- zones -------------------------------------------------------------------------------------

UNKNOWN: Final = "Unknown (no oversight data)"
OVER: Final = "Over-extended"
CONSTRAINED: Final = "Bandwidth-constrained"
WATCH: Final = "High leverage, watch"
WITHIN: Final = "Within the typical band, overseen"
UNPLACED: Final = "Overseen; no typical band to place it in"


@dataclass(frozen=True)
class Oversight:
    """What the page says of leverage against oversight."""

    zones: Chart | Hidden
    loads: Chart | Hidden
    table: Table | Hidden
    policy: pl.DataFrame
    left_out: str


@dataclass(frozen=True)
class _Zone:
    """One department: its use, what is told of its oversight, and the zone that makes of it."""

    name: str
    tokens_per_employee: float | None
    coverage: float | None
    load: float | None
    escapes: float | None
    escapes_before: float | None
    zone: str


def zone(
    tokens_per_employee: float, coverage: float | None, are_escapes_worse: bool, band: Band | None
) -> str:
    """Return the zone of a department; one with little use is never called over-extended.

    `band` is what is typical of the company's own team-months. Thresholds are policy.
    """
    if coverage is None:
        return UNKNOWN
    if band is not None and tokens_per_employee < band.p25:
        return CONSTRAINED
    if coverage < policy()["least_coverage"] or are_escapes_worse:
        return OVER
    if band is None:
        return UNPLACED
    return WATCH if tokens_per_employee > band.p75 else WITHIN


def oversight(ask: Ask) -> Oversight | None:
    """Return leverage against oversight, None where nothing that was loaded matches the view."""
    facts = ground(ask)
    if facts is None:
        return None
    found = units(ask, facts, "department")
    zones = _zones(ask, found)
    drawn, table = _drawn(facts, found, zones), _table(facts, found, zones)
    return Oversight(
        zones=facts.judged(drawn),
        loads=facts.judged(_loads(facts, found, zones)),
        table=facts.judged(table),
        policy=policy_table(),
        left_out="Left out: the autonomy of a department's use. Rules give autonomy to workflows "
        "of a company, and no export says which department a workflow's use belongs to.",
    )


def _zones(ask: Ask, found: Units) -> list[_Zone]:
    reviews = {
        (row["period"], row["company"], row["department"]): row
        for row in ask("oversight_by_department").frame.iter_rows(named=True)
    }
    zones = []
    for row in found.rows.sort("value", descending=True, nulls_last=True).iter_rows(named=True):
        if not row["is_judged"] or row["value"] is None:
            continue
        this = reviews.get(("this", row["company"], row["unit"]), {})
        before = reviews.get(("before", row["company"], row["unit"]), {})
        was = before.get("escape_rate") if before.get("months") == MONTHS_BEFORE else None
        zones.append(
            _Zone(
                row["name"],
                row["value"],
                this.get("oversight_coverage"),
                this.get("review_load"),
                this.get("escape_rate"),
                was,
                zone(
                    row["value"],
                    this.get("oversight_coverage"),
                    is_worse(this.get("escape_rate"), this.get("accepted"), was),
                    found.band,
                ),
            )
        )
    return zones


def why_not_joined(facts: Ground) -> str | None:
    """Say why use and outcomes cannot stand beside each other under the filters, if they cannot."""
    unlike = [name for name in ("role", "vendor", "model") if getattr(facts.view, name)]
    if unlike:
        return f"Outcomes know departments, and no {listed(unlike)}: clear that filter"
    if "headcount" in facts.missing:
        return f"Unknown: no headcount and no roster of {listed(facts.missing['headcount'])}"
    return None


def _drawn(facts: Ground, found: Units, zones: list[_Zone]) -> Chart | Hidden:
    name = "Tokens per employee against oversight coverage"
    why_not = why_not_joined(facts)
    known = [zone for zone in zones if zone.coverage is not None]
    if why_not or not zones:
        return Hidden(name, why_not or facts.why_no_departments())
    if not known:
        return Hidden(name, "No outcomes with needs_review and reviewed by department are loaded")
    rows = pl.DataFrame(
        {
            "name": [zone.name for zone in known],
            "x": [zone.tokens_per_employee for zone in known],
            "y": [zone.coverage for zone in known],
            "is_subject": [zone.zone in (OVER, WATCH) for zone in known],
            "beside": [zone.zone for zone in known],
        }
    )
    measure = (
        f"Up: work reviewed of what needs review. Across: {basis(facts.view)} per employee and "
        f"month, logarithmic. {facts.span.span.name}"
    )
    line = policy()["least_coverage"]
    return Chart(
        name=name,
        question="oversight_by_department",
        metric="oversight_coverage",
        spec=charts.titled(charts.dots.spec(share=True), _finding(zones), measure),
        rows=charts.dots.frame(
            rows, words.tokens, words.share, band=found.band, line=line
        ).to_arrow(),
        alt=charts.dots.alt_text(rows, name, words.tokens, words.share),
        note=_note(found, len(known)),
        filters="department" if (found.rows["name"] == found.rows["unit"]).all() else None,
    )


def _loads(facts: Ground, found: Units, zones: list[_Zone]) -> Chart | Hidden:
    """Return use against what each reviewer has to look at."""
    name = "Tokens per employee against review load"
    why_not = why_not_joined(facts)
    known = [zone for zone in zones if zone.load]
    if why_not or not zones:
        return Hidden(name, why_not or facts.why_no_departments())
    if not known:
        return Hidden(name, "No outcomes count five reviewers or more in a department")
    heaviest = max(known, key=lambda zone: zone.load or 0.0)
    rows = pl.DataFrame(
        {
            "name": [zone.name for zone in known],
            "x": [zone.tokens_per_employee for zone in known],
            "y": [zone.load for zone in known],
            "is_subject": [zone.zone in (OVER, WATCH) for zone in known],
            "beside": [zone.zone for zone in known],
        }
    )
    return Chart(
        name=name,
        question="oversight_by_department",
        metric="review_load",
        spec=charts.titled(
            charts.dots.spec(),
            f"{heaviest.name} has most to review: {decimal(heaviest.load)} a day each",
            f"Up: work to review per reviewer and workday. Across: {basis(facts.view)} per "
            f"employee and month. {facts.span.span.name}; both logarithmic",
        ),
        rows=charts.dots.frame(rows, words.tokens, decimal, band=found.band).to_arrow(),
        alt=charts.dots.alt_text(rows, name, words.tokens, decimal),
        note=f"n = {words.count(len(known))} departments with five reviewers or more. What counts "
        "as a piece differs between departments.",
    )


def _note(found: Units, n: int) -> str:
    note = f"n = {words.count(n)} departments of 10 employees or more with reviews."
    if found.band is None:
        return f"{note} Too few departments for a typical band."
    return (
        f"{note} Grey band: the middle half of {words.count(found.band.n)} team-months of the last "
        "twelve, an internal reference. Few tokens with good outcomes are not a fault."
    )


def _finding(zones: list[_Zone]) -> str:
    over = [zone.name for zone in zones if zone.zone == OVER]
    watch = [zone.name for zone in zones if zone.zone == WATCH]
    unknown = [zone.name for zone in zones if zone.zone == UNKNOWN]
    if over:
        return f"{listed(over, 2)} {'is' if len(over) == 1 else 'are'} over-extended"
    if watch:
        return f"{listed(watch, 2)} {'uses' if len(watch) == 1 else 'use'} most, overseen: watch"
    if len(unknown) == len(zones):
        return "No department's oversight is known"
    return "No department is over-extended"


def _table(facts: Ground, found: Units, zones: list[_Zone]) -> Table | Hidden:
    name = f"Leverage and oversight by department, {facts.span.span.name}"
    why_not = why_not_joined(facts)
    if why_not or not zones:
        return Hidden(name, why_not or facts.why_no_departments())
    rows = [
        {
            "Department": zone.name,
            "Zone": zone.zone,
            "Tokens per employee": words.tokens(zone.tokens_per_employee),
            "Coverage": words.share(zone.coverage),
            "Per reviewer and workday": words.DASH if zone.load is None else f"{zone.load:.1f}",
            "Escape rate": per_hundred(zone.escapes),
            "Three months before": per_hundred(zone.escapes_before),
        }
        for zone in zones
    ]
    counted = {name: sum(zone.zone == name for zone in zones) for name in (OVER, WATCH, UNKNOWN)}
    told = [f"{words.count(n)} {name.lower()}" for name, n in counted.items() if n]
    return Table(
        name=name,
        finding=f"{words.count(len(zones))} departments: {listed(told) or 'all within the band'}",
        question="oversight_by_department",
        metric="escape_rate",
        rows=pl.DataFrame(rows),
        note="Zones by the thresholds below, which are proposals. A review load of fewer than five "
        "reviewers is not told. An escape rate is worse where it is "
        "beyond the threshold and its lower bound is above that of the three months before.",
    )
