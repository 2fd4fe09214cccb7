"""What others have published: beside our own figure where it means the same, else apart."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from leverage import reference, words
from leverage.figures.figure import Ask, Hidden
from leverage.figures.sectors.standing import Standing, standing
from leverage.reference import Fact
from leverage.view import shift, span

METRIC: Final = "cost_per_employee_usd"
MOST_MONTHS_APART: Final = 3
CONTEXT: Final = ("leverage", "concentration", "vendors", "sector")
_GRADES: Final = (
    "Grades: A official statistic or reviewed study, B measured by others with a method, C vendor "
    "or self-report, D press or statement."
)


@dataclass(frozen=True)
class Published:
    """A table of what others published: text, one row each, under a finding, with its caveat."""

    name: str
    finding: str
    rows: pl.DataFrame
    caveat: str


@dataclass(frozen=True)
class References:
    """The tab of published figures."""

    comparable: Published | Hidden
    context: Published
    adoption: Published


def references(ask: Ask) -> References | None:
    """Return the published figures, None where nothing that was loaded matches the view."""
    facts = standing(ask)
    if facts is None:
        return None
    return References(_comparable(facts), _context(), _adoption())


def _comparable(facts: Standing) -> Published | Hidden:
    name = "Published figures that mean the same as cost per employee"
    found = reference.facts_of(METRIC)
    view = facts.ground.view
    if view.is_by_use:
        return Hidden(
            name, "Told for all use together: clear the filters by vendor, model and work"
        )
    own = {fact.name: _own(facts, fact) for fact in found}
    rows = pl.DataFrame(
        [
            {
                "Published": fact.measure,
                "Value": words.money(fact.value),
                facts.name: _beside(own[fact.name]),
                "n": fact.n,
                "Source": _source(fact),
                "Mind": fact.caveat,
            }
            for fact in found
        ]
    )
    return Published(
        name,
        _finding(facts, found, own),
        rows,
        f"Our own figure is that of the month of the source, or of the nearest month up to "
        f"{MOST_MONTHS_APART} months away. {_GRADES}",
    )


def _own(facts: Standing, fact: Fact) -> tuple[str, float] | None:
    """Return our own figure of the source's month, or of the nearest with one, None without."""
    known = {
        month: value
        for month, value, is_known in facts.by_month.filter(company=facts.name)
        .select("month", METRIC, "is_seats_known")
        .iter_rows()
        if value is not None and is_known
    }
    around = sorted(
        (shift(fact.date, by) for by in range(-MOST_MONTHS_APART, MOST_MONTHS_APART + 1)),
        key=lambda month: (abs(span(fact.date, month) - 1), month),
    )
    return next(((month, known[month]) for month in around if month in known), None)


def _beside(own: tuple[str, float] | None) -> str:
    if own is None:
        return "not known within three months of it"
    return f"{words.money(own[1])} in {words.month_name(own[0])}"


def _finding(
    facts: Standing, found: tuple[Fact, ...], own: dict[str, tuple[str, float] | None]
) -> str:
    beside = own[found[0].name]
    if beside is None:
        return f"No month of {facts.name} is near enough to be set beside what was published"
    month, value = beside
    ordered = sorted(found, key=lambda fact: fact.value)
    below = [fact for fact in ordered if fact.value <= value]
    above = [fact for fact in ordered if fact.value > value]
    lead = f"{facts.name} paid {words.money(value)} per employee in {words.month_name(month)}"
    if not below:
        return f"{lead}, less than {_short(above[0])}"
    if not above:
        return f"{lead}, more than {_short(below[-1])}"
    return f"{lead}, between {_short(below[-1])} and {_short(above[0])}"


def _short(fact: Fact) -> str:
    """Return which firm a figure speaks of: “the median firm”, “the top 10 % of firms”."""
    return f"the {fact.measure.rpartition(', ')[2]}"


def _source(fact: Fact) -> str:
    return f"{fact.source}, {fact.period}, grade {fact.grade}, {fact.population}"


def _context() -> Published:
    rows = pl.DataFrame(
        [
            {
                "Published": fact.measure,
                "Value": f"{fact.value:,g} {fact.unit}",
                "n": fact.n or words.DASH,
                "Source": _source(fact),
                "Mind": fact.caveat or words.DASH,
            }
            for fact in reference.context(*CONTEXT)
        ]
    )
    return Published(
        "Context, not comparable",
        "Other published figures mean something else and are set against nothing",
        rows,
        f"{reference.described('facts').caveat} {_GRADES}",
    )


def _adoption() -> Published:
    rows = pl.DataFrame(
        [
            {
                "Group": row.group,
                "Share": f"{row.low:g} %"
                if row.low == row.high
                else f"{row.low:g} to {row.high:g} %",
                "Of": row.population,
                "What": row.measure,
                "Source": f"{row.source}, {row.period}, grade {row.grade}",
            }
            for row in reference.adoption()
        ]
    )
    return Published(
        "Firms that use AI at all, by size: context, not comparable",
        "In official statistics larger firms use AI more often",
        rows,
        "Rows compare only where the question is the same; a firm that uses AI is not an employee "
        "who does, and no count of tokens.",
    )


def club(_ask: Ask) -> Published:
    """Return the trillion-token list: companies by name, in no order."""
    labels = reference.sectors()
    members = reference.trillion_club()
    rows = pl.DataFrame(
        [
            {
                "Company": member.company,
                "Sector": labels[member.sector],
                "Field": member.field or words.DASH,
                "Type": member.type + (", reseller" if member.is_reseller else ""),
            }
            for member in members
        ]
    )
    described = reference.described("trillion_club")
    return Published(
        described.title,
        f"{words.count(len(members))} companies, in the order of the alphabet: a list, no ranking",
        rows,
        f"{described.caveat} {described.meaning} {described.source}, {described.date}, grade D.",
    )
