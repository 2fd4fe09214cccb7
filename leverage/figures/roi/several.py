"""The head of the page where several companies are in view: who needs least to pay for itself."""

from dataclasses import dataclass

import polars as pl

from leverage import charts, roi, words
from leverage.figures.figure import Chart, Figure, Hidden, Table, hidden, shown
from leverage.figures.ground import many
from leverage.figures.roi import said
from leverage.figures.roi.facts import QUESTION, Facts
from leverage.figures.scope import listed
from leverage.words import DASH, Said, Sentence

COMPANIES_NAME = "Break-even by company"
_ASSUMED = {"that much": True, "less": False, "nothing yet": None}


def title(found: Facts) -> str:
    """Say what it takes to pay, where that is known, and how many assume to save as much."""
    known = _known(found)
    if not known:
        return "Whether it pays is unknown of every company in view"
    needed = [known[name].minutes for name in known]
    ends = said.minutes_between(min(needed), max(needed))
    of = f"{words.count(len(known))} of {many(len(found.subjects), 'company')}"
    assumed = [one.is_enough for one in known.values()]
    counts = {much: assumed.count(is_enough) for much, is_enough in _ASSUMED.items()}
    told = [f"{words.count(n)} {_assume(n)} {much}" for much, n in counts.items() if n]
    return f"It takes {ends} saved per active day to pay for itself in {of}; {listed(told)}"


def _assume(n: int) -> str:
    return "assumes" if n == 1 else "assume"


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
        least = min(known, key=lambda name: known[name].minutes)
        number = Said(known[least].minutes, said.minutes(known[least].minutes))
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
            f"{frame['name'][0]} needs least to pay for itself",
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
                **_answered(found, known.get(subject.company)),
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
        note="Minutes assumed, net value (P10 to P90 of 10,000 draws) and chance of a loss are by "
        "what each company assumes itself, so that they do not add up. Choose one company for its "
        "assumptions and a what-if.",
    )


@dataclass(frozen=True)
class _Known:
    """A company whose break-even is known, with the case it is of."""

    minutes: float
    case: roi.Case

    @property
    def is_enough(self) -> bool | None:
        """Tell whether the minutes assumed are those it takes, None where none are."""
        return None if self.case.minutes_assumed is None else said.is_enough(self.case)


def _known(found: Facts) -> dict[str, _Known]:
    """Return the companies whose break-even is known."""
    known = {}
    for subject in found.subjects:
        case = subject.case(subject.this) if subject.this else None
        if case is not None and said.why_no_break_even(subject) is None:
            minutes = roi.break_even(case).minutes
            if minutes is not None:
                known[subject.company] = _Known(minutes, case)
    return known


def _answered(found: Facts, known: _Known | None) -> dict[str, str]:
    """Return what is known of one company's return, as the cells of its row."""
    returns = None if known is None else roi.returns(known.case)
    told = returns if isinstance(returns, roi.Returns) else None
    assumed = None if known is None else known.case.minutes_assumed
    return {
        "Break-even": DASH if known is None else said.minutes(known.minutes),
        "Assumed": DASH if assumed is None else said.minutes(assumed),
        "Net value": DASH if told is None else said.between_money(told.net_usd, found.currency),
        "Chance of a loss": DASH if told is None else words.share(told.loss_probability),
    }
