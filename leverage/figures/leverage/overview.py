"""The head of the leverage page: how many tokens stand behind each employee, and who looks."""

from dataclasses import dataclass

import polars as pl

from leverage import words
from leverage.figures import headline
from leverage.figures.events import markers
from leverage.figures.figure import (
    Ask,
    Chart,
    Figure,
    Hidden,
    Table,
    against,
    against_share,
    hidden,
    shown,
    unbroken,
)
from leverage.figures.ground import (
    Badge,
    Periods,
    Row,
    ToSettle,
    by_period,
    ground,
    whole_months,
)
from leverage.figures.leverage.oversight import warnings
from leverage.figures.leverage.units import Units, against_band, sets_companies_apart, units
from leverage.figures.rates import per_hundred, tenths
from leverage.figures.scope import basis, listed
from leverage.figures.trend import trend
from leverage.stats import lmdi
from leverage.view import BASES
from leverage.words import Said, Sentence


@dataclass(frozen=True)
class Leverage:
    """Everything the leverage page shows above its tabs, in its order."""

    title: str
    badges: tuple[Badge, ...]
    figures: tuple[Figure, ...]
    sentences: tuple[Sentence, ...]
    to_settle: tuple[ToSettle, ...]
    trend: Chart | Hidden
    units: Chart | Hidden
    bases: Table | Hidden
    notes: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class _Facts(Periods):
    """The answers the head of the page is made of, beside the ground of every page."""

    reviews: dict[str, Row]


def leverage(ask: Ask) -> Leverage | None:
    """Return the head of the leverage page, None where nothing that was loaded matches."""
    base = ground(ask)
    if base is None:
        return None
    facts = _Facts(
        **base.of(),
        periods=by_period(ask("leverage").frame),
        months=whole_months(ask),
        reviews=by_period(ask("oversight").frame),
    )
    several = sets_companies_apart(ask, facts)
    found = units(ask, facts, "company" if several else "department")
    told = tuple(
        facts.judged(figure(facts)) for figure in (headline.tokens_per_employee, _breadth, _depth)
    )
    return Leverage(
        title=_title(facts),
        badges=_badges(facts),
        # Confidence is that of use; outcomes come from other files.
        figures=(*told, _coverage(facts), _escapes(facts)),
        sentences=tuple(_sentences(ask, facts, found)),
        to_settle=tuple(_to_settle(ask, facts)),
        trend=facts.judged(_trend(ask, facts, several)),
        units=facts.judged(against_band(found, facts)),
        bases=facts.judged(_bases(facts)),
        notes=facts.notes,
        source=facts.source(),
    )


# ---- the finding -------------------------------------------------------------------------------


def _is_known(facts: _Facts) -> bool:
    """Tell whether tokens per employee may be told: not over employees of some companies only."""
    return facts.now("tokens_per_employee") is not None and "headcount" not in facts.missing


def _title(facts: _Facts) -> str:
    value, before = facts.now("tokens_per_employee"), facts.earlier_value("tokens_per_employee")
    coverage = facts.reviews.get("this", {}).get("oversight_coverage")
    if not _is_known(facts):
        title = "How many tokens stand behind each employee is unknown"
    else:
        title = f"{words.tokens(value)} tokens stand behind each employee"
        if before is not None and facts.span.compared is not None:
            moved = words.change(value, before)
            title += f", {moved} on {facts.span.compared.name}"
    if coverage is None:
        return f"{title}; whether someone still looks is not counted"
    return f"{title}; {words.share(coverage)} of what needs review is reviewed"


def _badges(facts: _Facts) -> tuple[Badge, ...]:
    found = facts.completeness()
    found.append(Badge(f"Counted in {basis(facts.view)}", "token"))
    reviewed = facts.reviews.get("this")
    if reviewed is None:
        found.append(Badge("No outcomes in this view", "help", True))
    elif not (facts.view.is_people and not facts.view.department) and _is_unlike(facts):
        found.append(Badge("Outcomes know no role, vendor, model or kind of work", "info", True))
    return tuple(found)


def _is_unlike(facts: _Facts) -> bool:
    """Tell whether use is filtered by what outcomes do not know."""
    return bool(facts.view.role) or facts.view.is_by_use


# ---- the figures -------------------------------------------------------------------------------


def _breadth(facts: _Facts) -> Figure:
    figure = Figure("active_share", "Breadth", question="leverage")
    value, before = facts.now("active_share"), facts.earlier_value("active_share")
    if "headcount" in facts.missing:
        return hidden(figure, "Unknown: no headcount and no roster is loaded")
    if value is None:
        return hidden(figure, facts.why_no_people())
    change, is_rise = against_share(value, before)
    heads = words.count(facts.now("employees"))
    beside = [*facts.earlier(before, words.share), f"active of {heads} employees"]
    n = f"{heads} employees"
    line = facts.line("active_share")
    return shown(figure, words.share(value), change, is_rise, beside, line, n, value=value)


def _depth(facts: _Facts) -> Figure:
    name = "tokens_per_active_person"
    figure = Figure(name, "Depth", question="leverage")
    value, before = facts.now(name), facts.earlier_value(name)
    if value is None and facts.this["tokens"] is None:
        return hidden(figure, "No source in this view reports tokens")
    if value is None:
        return hidden(figure, facts.why_no_people())
    change, is_rise = against(value, before)
    beside = [
        *facts.earlier(before, words.tokens),
        "tokens per active person and month",
        "those of services included",
    ]
    n = f"{words.count(facts.this['active_people'])} active people"
    return shown(figure, words.tokens(value), change, is_rise, beside, facts.line(name), n)


def _coverage(facts: _Facts) -> Figure:
    figure = Figure("oversight_coverage", "Oversight coverage", question="oversight")
    return _of_reviews(
        facts, figure, "work that needs review", "needs_review", "No outcomes count reviews"
    )


def _escapes(facts: _Facts) -> Figure:
    figure = Figure("escape_rate", "Escape rate", question="oversight")
    return _of_reviews(
        facts, figure, "accepted work", "accepted", "No outcomes count defects that escaped"
    )


def _of_reviews(facts: _Facts, figure: Figure, of: str, rests_on: str, why_not: str) -> Figure:
    """Return a share of what the outcomes count."""
    this = facts.reviews.get("this", {})
    value = this.get(figure.metric)
    if value is None:
        return hidden(figure, f"{why_not} in this view")
    before = facts.reviews.get("previous", {}).get(figure.metric) if facts.is_compared else None
    is_rate = figure.metric == "escape_rate"
    say = per_hundred if is_rate else words.share
    change, is_rise = (against if is_rate else against_share)(value, before)
    n = f"{words.count(this[rests_on])} pieces of {of}"
    line = unbroken([facts.reviews.get(m, {}).get(figure.metric) for m in facts.months])
    beside = [*facts.earlier(before, say), f"{'defects in' if is_rate else 'of'} {n}"]
    return shown(figure, say(value), change, is_rise, beside, line, n)


# ---- sentences ---------------------------------------------------------------------------------


def _sentences(ask: Ask, facts: _Facts, found: Units) -> list[Sentence]:
    told = [_split(facts), _places(found), _looking(facts), *warnings(ask, facts)]
    return [sentence for sentence in told if sentence is not None]


def _split(facts: _Facts) -> Sentence | None:
    """Say what moved tokens per employee: how many are active, or how much each of them uses."""
    names = ("active_share", "tokens_per_active_person")
    now = {name: facts.now(name) for name in names}
    before = {name: facts.earlier_value(name) for name in names}
    if not _is_known(facts):
        lead = "Tokens per employee are unknown without headcount and tokens"
        return Sentence("unknown", lead, f"{lead}.")
    if None in now.values():
        return None
    breadth, depth = (
        Said(now[names[0]], tenths(now[names[0]])),
        Said(now[names[1]], words.tokens(now[names[1]])),
    )
    if None in before.values():
        lead = f"{breadth.text} of employees are active, with {depth.text} tokens each"
        return Sentence("cause", lead, f"{lead}; {facts.span.why_not}.", (breadth, depth))
    parts = lmdi(now, before)
    if parts.gap == 0:
        lead = "Tokens per employee did not move"
        return Sentence("cause", lead, f"{lead}.")
    main = max(names, key=lambda name: abs(parts.by_factor[name]))
    moved = {
        name: Said(part, words.moved(part, words.tokens)) for name, part in parts.by_factor.items()
    }
    whole = Said(parts.gap, words.moved(parts.gap, words.tokens))
    was = (
        Said(before[names[0]], tenths(before[names[0]])),
        Said(before[names[1]], words.tokens(before[names[1]])),
    )
    why = "More tokens for each active person" if main == names[1] else "More active employees"
    if parts.by_factor[main] < 0:
        why = why.replace("More", "Fewer")
    lead = f"{why} moved the figure most"
    text = (
        f"{lead}: of {whole.text} tokens per employee, {moved[names[1]].text} came from depth "
        f"({was[1].text} to {depth.text} per active person) and {moved[names[0]].text} from "
        f"breadth ({was[0].text} to {breadth.text} active)."
    )
    numbers = (whole, moved[names[1]], was[1], depth, moved[names[0]], was[0], breadth)
    return Sentence("cause", lead, text, numbers)


def _places(found: Units) -> Sentence | None:
    """Say how many units stand outside what is typical."""
    if found.band is None:
        return None
    above, below = found.placed("above peers"), found.placed("below peers")
    typical = len(found.judged) - len(above) - len(below)
    noun = {"company": "companies", "department": "departments", "role": "roles"}[found.kind]
    total, within = (
        Said(len(found.judged), words.count(len(found.judged))),
        Said(typical, str(typical)),
    )
    lead = f"{within.text} of {total.text} {noun} are typical"
    outside = [
        f"{listed(names)} {'stands' if len(names) == 1 else 'stand'} {place}"
        for names, place in ((above, "above peers"), (below, "below peers"))
        if names
    ]
    who = f": {', '.join(outside)}" if outside else ""
    text = f"{lead}{who}; few tokens are no fault by themselves."
    return Sentence("tokens", lead, text, (within, total))


def _looking(facts: _Facts) -> Sentence | None:
    """Say whether someone still looks, and at what load."""
    this = facts.reviews.get("this", {})
    coverage, load = this.get("oversight_coverage"), this.get("review_load")
    if coverage is None:
        lead = "Whether someone still looks is not counted"
        return Sentence("unknown", lead, f"{lead}: no outcomes with reviews are loaded.")
    numbers = [Said(coverage, words.share(coverage))]
    lead = f"{numbers[0].text} of the work that needs review was reviewed"
    text = lead
    if load is not None:
        numbers.append(Said(round(load, 1), f"{load:.1f}"))
        text += f", {numbers[-1].text} pieces per reviewer and workday"
    rework = this.get("rework_rate")
    if rework is not None:
        numbers.append(Said(rework, words.share(rework)))
        text += f"; {numbers[-1].text} of what was completed was done again"
    return Sentence("oversight", lead, f"{text}.", tuple(numbers))


# ---- what has to be settled --------------------------------------------------------------------


def _to_settle(ask: Ask, facts: _Facts) -> list[ToSettle]:
    found = []
    for what, why in (
        ("roster", "so that use has departments"),
        ("headcount", "so that tokens can be set against employees"),
    ):
        if what in facts.missing:
            who = listed(facts.missing[what])
            found.append(ToSettle(f"Load {'a ' * (what == 'roster')}{what}", f"of {who}, {why}"))
    this = facts.reviews.get("this")
    if this is None:
        found.append(
            ToSettle(
                "Load outcomes",
                "by department and month (completed, accepted, reviewed, escaped defects), so that "
                "leverage stands beside what came of it",
            )
        )
        return found
    silent = _without(ask, "accepted")
    unseen = [name for name in _without(ask, "oversight_coverage") if name not in silent]
    if silent and not facts.view.is_people:
        found.append(ToSettle("Load outcomes", f"of {listed(silent)}: none are there yet"))
    if unseen and not facts.view.is_people:
        found.append(
            ToSettle("Count the reviews", f"of {listed(unseen)}, so that coverage is known")
        )
    if this["oversight_coverage"] is None:
        found.append(
            ToSettle("Count the reviews", "needs_review, reviewed and reviewers in the outcomes")
        )
    elif this["escape_rate"] is None:
        found.append(ToSettle("Count what escapes", "escaped_defects and accepted in the outcomes"))
    return found


def _without(ask: Ask, name: str) -> list[str]:
    """Return the companies with use in the window whose departments do not count something."""
    there = ask("use_by_company").frame.filter(pl.col("period") == "this")["company"].to_list()
    counted = ask("oversight_by_department").frame.filter(
        (pl.col("period") == "this") & pl.col(name).is_not_null()
    )["company"]
    return [company for company in there if company not in set(counted)]


# ---- charts and the table ----------------------------------------------------------------------


def _trend(ask: Ask, facts: _Facts, several: bool) -> Chart | Hidden:
    name = "Tokens per employee by month"
    whole = "All companies" if several else "Tokens per employee"
    if facts.view.is_people:
        whole = listed(facts.view.department or facts.view.role)
    rows = pl.DataFrame(
        [
            {"month": month, "series": whole, "value": facts.periods[month]["tokens_per_employee"]}
            for month in facts.months
            if month in facts.periods
        ],
        schema={"month": pl.String, "series": pl.String, "value": pl.Float64},
    ).drop_nulls("value")
    if rows.is_empty() or not _is_known(facts):
        return Hidden(name, "No complete month has both tokens and employees")
    beside = _companies(ask, facts) if several else facts.yardstick.line("tokens_per_employee")
    drawn = pl.concat([rows, beside.filter(pl.col("month").is_in(rows["month"].to_list()))])
    return trend(
        drawn,
        words.tokens,
        name=name,
        question="leverage",
        metric="tokens_per_employee",
        finding=_trend_finding(rows),
        measure=f"{basis(facts.view).capitalize()} per employee and month",
        events=markers(ask),
        subject=whole,
    )


def _trend_finding(rows: pl.DataFrame) -> str:
    first, last = rows.row(0, named=True), rows.row(-1, named=True)
    if first["month"] == last["month"]:
        return f"{words.tokens(last['value'])} tokens per employee in the only complete month"
    verb = "rose" if last["value"] > first["value"] else "went"
    ends = f"{words.tokens(first['value'])} to {words.tokens(last['value'])}"
    return f"Tokens per employee {verb} from {ends}"


def _companies(ask: Ask, facts: _Facts) -> pl.DataFrame:
    frame = ask("use_by_company").frame.filter(pl.col("period").is_in(facts.months))
    return frame.select(month="period", series="company", value="tokens_per_employee").drop_nulls(
        "value"
    )


def _bases(facts: _Facts) -> Table | Hidden:
    name = f"Tokens per employee and month in the three bases, {facts.span.span.name}"
    if not _is_known(facts):
        return Hidden(name, "Unknown without headcount and tokens")
    earlier = facts.span.compared
    rows = []
    for key, said in BASES.items():
        value = facts.now(f"{key}_tokens_per_employee")
        before = facts.earlier_value(f"{key}_tokens_per_employee")
        row = {"Counted as": said, facts.span.span.name: words.tokens(value)}
        if earlier is not None:
            row |= {earlier.name: words.tokens(before), "Change": words.change(value, before)}
        rows.append(row)
    raw, weighted = facts.now("raw_tokens_per_employee"), facts.now("weighted_tokens_per_employee")
    ratio = f"{raw / weighted:.1f} times" if weighted else "more than"
    return Table(
        name=name,
        finding=f"Raw tokens are {ratio} the price-weighted ones",
        question="leverage",
        metric=f"{facts.view.tokens}_tokens",
        rows=pl.DataFrame(rows),
        note="Raw counts every token alike; fresh leaves out what a cache gave back; weighted by "
        "price, input counts 1, output 5, cache read 0.1 and cache write 1.25.",
    )
