"""The head of the page where several companies are in view: who needs least to pay for itself."""

import polars as pl

from leverage import charts, roi, words
from leverage.figures.figure import Chart, Figure, Hidden, Table, hidden, shown
from leverage.figures.ground import many
from leverage.figures.roi import said
from leverage.figures.roi.facts import QUESTION, Facts
from leverage.figures.scope import listed
from leverage.words import DASH, Said, Sentence

COMPANIES_NAME = "Break-even by company"


def title(found: Facts) -> str:
    """Say from how many minutes saved it pays in the companies where that is known."""
    known = _known(found)
    n = len(found.subjects)
    if not known:
        return "Whether it pays is unknown of every company in view"
    ends = said.minutes_between(min(known.values()), max(known.values()))
    return (
        f"It pays for itself from {ends} saved per active day, in "
        f"{words.count(len(known))} of {words.count(n)} companies"
    )


def active_day(found: Facts) -> Figure:
    """Return what an active day costs the companies of which both cost and days are known."""
    figure = Figure("cost_per_active_day_usd", "Cost of an active day", question=QUESTION)
    held = [
        (subject.company, subject.this)
        for subject in found.subjects
        if subject.this is not None and subject.this.usd_per_active_day is not None
    ]
    days = sum(spent.person_days or 0 for _, spent in held)
    if not days:
        return hidden(figure, "Unknown: no company in view has both its cost and its days known")
    value = sum(spent.full_cost_usd or 0 for _, spent in held) / days
    n = f"{words.count(days)} active days"
    beside = [
        "of usage and seats, per person and day with use",
        f"over {n} of {many(len(held), 'company')}",
    ]
    text = found.currency.say(value)
    return shown(figure, text, None, None, beside, (), n=n, value=value)


def sentences(found: Facts) -> list[Sentence]:
    """Say who needs least, and of whom it is unknown and why."""
    known = _known(found)
    told = []
    if known:
        least = min(known, key=known.__getitem__)
        number = Said(known[least], said.minutes(known[least]))
        lead = f"{least} needs least"
        told.append(
            Sentence("cost", lead, f"{lead}: {number.text} saved per active day.", (number,))
        )
    reasons: dict[str, list[str]] = {}
    for subject in found.subjects:
        why = said.why_no_break_even(subject)
        if why:
            reasons.setdefault(why, []).append(subject.company)
    for why, names in reasons.items():
        lead = f"Unknown of {listed(names)}"
        told.append(Sentence("unknown", lead, f"{lead}: {why}."))
    return told


def chart(found: Facts) -> Chart | Hidden:
    """Return the break-even of each company as a range."""
    if found.why_nothing:
        return Hidden(COMPANIES_NAME, found.why_nothing)
    rows = []
    for subject in found.subjects:
        case = subject.case(subject.this) if subject.this else None
        even = roi.break_even(case) if case is not None else None
        spread = (
            None if case is None or said.why_no_break_even(subject) else roi.break_even_spread(case)
        )
        if even is not None and spread is not None:
            rows.append(
                {
                    "name": subject.company,
                    "low": spread.p10,
                    "middle": spread.p50,
                    "high": spread.p90,
                    "beside": f"{said.minutes(even.minutes)} at the likeliest",
                }
            )
    if not rows:
        return Hidden(COMPANIES_NAME, "No company in view has a cost, days with use and a wage")
    frame = pl.DataFrame(rows).sort("middle", "name")
    measure = f"Minutes to save per active day, P10 to P90 of 10,000 draws, {found.when}"
    return Chart(
        name=COMPANIES_NAME,
        question=QUESTION,
        metric="break_even_minutes",
        spec=charts.titled(
            charts.range_bars.spec(),
            f"{frame['name'][0]} pays for itself first",
            measure,
        ),
        rows=charts.range_bars.frame(frame, said.minutes, subject=str(frame["name"][0])).to_arrow(),
        alt=charts.range_bars.alt_text(frame, measure, said.minutes),
        note="Each by what it assumes itself, so that they differ in belief as well as in cost.",
    )


def table(found: Facts) -> Table | Hidden:
    """Return cost, days and break-even of each company, or why there is none."""
    name = f"Cost of an active day and break-even, {found.when}"
    rows = []
    known = _known(found)
    for subject in found.subjects:
        if subject.this is None:
            continue
        rows.append(
            {
                "Company": subject.company,
                "Full cost": found.currency.say(subject.this.full_cost_usd),
                "Active days": words.count(subject.this.person_days)
                if subject.this.why_no_days is None
                else DASH,
                "Cost of an active day": DASH
                if subject.this.usd_per_active_day is None
                else found.currency.say(subject.this.usd_per_active_day),
                "Break-even": said.minutes(known[subject.company])
                if subject.company in known
                else DASH,
                "Why not": said.why_no_break_even(subject) or "",
            }
        )
    if not rows:
        return Hidden(name, "Nothing is known of a whole month")
    return Table(
        name=name,
        finding=f"{words.count(len(known))} of {len(rows)} companies have a break-even",
        question=QUESTION,
        metric="cost_per_active_day_usd",
        rows=pl.DataFrame(rows),
        note="Choose one company for its range of returns, its assumptions and a what-if.",
    )


def _known(found: Facts) -> dict[str, float]:
    """Return the break-even minutes by company, of those where they are known."""
    known = {}
    for subject in found.subjects:
        case = subject.case(subject.this) if subject.this else None
        if case is not None and said.why_no_break_even(subject) is None:
            minutes = roi.break_even(case).minutes
            if minutes is not None:
                known[subject.company] = minutes
    return known
