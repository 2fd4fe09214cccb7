"""The head of the cost page: what AI costs, what it is made of, and why it moved."""

from dataclasses import dataclass

import polars as pl

from leverage import words
from leverage.figures import headline
from leverage.figures.cost import moved as change
from leverage.figures.currency import reported
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
)
from leverage.figures.ground import (
    Badge,
    Periods,
    ToSettle,
    by_period,
    ground,
    whole_months,
)
from leverage.figures.scope import listed
from leverage.figures.trend import trend
from leverage.words import Said, Sentence

PARTS = {
    "billed_cost_usd": "Billed usage",
    "estimated_cost_usd": "Estimated usage",
    "seat_cost_usd": "Seats",
}

NEARLY_ALL = 0.995
"""A sentence on this share of the tokens or more does not say how much of them it is on."""


@dataclass(frozen=True)
class Cost:
    """Everything the cost page shows above its tabs, in its order."""

    title: str
    badges: tuple[Badge, ...]
    figures: tuple[Figure, ...]
    sentences: tuple[Sentence, ...]
    to_settle: tuple[ToSettle, ...]
    trend: Chart | Hidden
    moved: Chart | Hidden
    notes: tuple[str, ...]
    source: str


def cost(ask: Ask) -> Cost | None:
    """Return the head of the cost page, None where nothing that was loaded matches."""
    base = ground(ask, reported(ask))
    if base is None:
        return None
    facts = Periods(
        **base.of(), periods=by_period(ask("full_cost").frame), months=whole_months(ask)
    )
    parts = change.moved(ask, facts)
    told = (headline.cost, _per_employee, headline.cost_per_active, _of_list, _estimated)
    return Cost(
        title=_title(facts, parts),
        badges=_badges(facts),
        figures=tuple(facts.judged(figure(facts)) for figure in told),
        sentences=tuple(_sentences(ask, facts, parts)),
        to_settle=tuple(_to_settle(facts)),
        trend=facts.judged(_trend(ask, facts)),
        moved=facts.judged(change.chart(facts, parts)),
        notes=(*facts.currency.told, *facts.notes),
        source=facts.source(),
    )


def parts(ask: Ask) -> Table | Hidden | None:
    """Return the parts of the change to the cent, None where nothing that was loaded matches."""
    facts = ground(ask, reported(ask))
    if facts is None:
        return None
    return facts.judged(change.table(facts, change.moved(ask, facts)))


# ---- the finding -------------------------------------------------------------------------------


def _title(facts: Periods, found: change.Moved | None) -> str:
    total, before = facts.this["full_cost_usd"], facts.cost_before
    when = facts.span.span.name
    if total is None:
        return f"What AI cost in {when} is unknown"
    title = f"{facts.cost_name} of {when}: {facts.currency.say(total)}"
    if before is None or facts.span.compared is None:
        return title
    title += f", {words.change(total, before)} on {facts.span.compared.name}"
    if found is None or not found.told:
        return title
    return f"{title}; {found.cause(facts.currency.say_amount)}"


def _badges(facts: Periods) -> tuple[Badge, ...]:
    found = facts.completeness()
    found.append(Badge(facts.currency.name, "payments", facts.currency.is_refused))
    if facts.now("estimated_share"):
        part = words.share(facts.now("estimated_share"))
        found.append(Badge(f"{part} is estimated, not billed", "info", True))
    if facts.view.is_people:
        found.append(Badge("Usage of people alone, without seats", "info", True))
    elif facts.view.is_without_seats:
        found.append(Badge("Usage alone, without seats", "info", True))
    elif not facts.this["is_seats_known"]:
        found.append(Badge("Seats are not known of every company", "help", True))
    return tuple(found)


# ---- the figures -------------------------------------------------------------------------------


def _per_employee(facts: Periods) -> Figure:
    name = "cost_per_employee_usd"
    figure = Figure(name, "Cost per employee", question="full_cost")
    value, before = facts.now(name), facts.earlier_value(name)
    if facts.this["full_cost_usd"] is None:
        return hidden(figure, "The cost is unknown")
    lacking = facts.missing.get("headcount", [])
    if lacking:
        who = listed(lacking, 1)
        return hidden(figure, f"Unknown: no headcount and no roster of {who} is loaded")
    if value is None:
        return hidden(figure, "Hidden: the filters let too few employees through")
    if facts.cost_before is None:
        before = None
    heads = f"{words.count(facts.now('employees'))} employees"
    moved, is_rise = against(value, before)
    beside = [*facts.earlier(before, facts.currency.say), f"a month, over {heads}"]
    said = facts.currency.say(value)
    return shown(figure, said, moved, is_rise, beside, facts.line(name), heads, value)


def _of_list(facts: Periods) -> Figure:
    name = "paid_of_list_share"
    figure = Figure(name, "Paid of the list price", question="full_cost")
    value, before = facts.now(name), facts.earlier_value(name)
    listed_share = facts.now("listed_share")
    if listed_share is None or not facts.now("list_cost_usd"):
        return hidden(figure, "Unknown: no tokens in this view have a published list price")
    if value is None:
        said = words.share(listed_share)
        return hidden(figure, f"Not told: only {said} of the tokens have a published list price")
    moved, is_rise = against_share(value, before)
    paid, at_list = (
        facts.currency.say(facts.now(key)) for key in ("listed_cost_usd", "list_cost_usd")
    )
    used, have = "usage without seats", "its tokens have a list price"
    if listed_share < NEARLY_ALL:
        used, have = "usage with a list price", "the tokens have one"
    beside = [*facts.earlier(before, words.share), f"{used}: {paid} of {at_list}"]
    beside.append(f"{words.share(listed_share)} of {have}")
    return shown(
        figure, words.share(value), moved, is_rise, beside, facts.line(name), f"{at_list} at list"
    )


def _estimated(facts: Periods) -> Figure:
    name = "estimated_share"
    figure = Figure(name, "Estimated part", question="full_cost")
    value, before = facts.now(name), facts.earlier_value(name)
    if value is None:
        return hidden(figure, "The cost is unknown")
    moved, is_rise = against_share(value, before)
    beside = [*facts.earlier(before, words.share)]
    if facts.now("estimated_cost_usd"):
        beside.append(f"{facts.currency.say(facts.now('estimated_cost_usd'))} stands on no bill")
    else:
        beside.append("all of it is billed")
    n = facts.currency.say(facts.this["full_cost_usd"])
    return shown(figure, words.share(value), moved, is_rise, beside, facts.line(name), n)


# ---- the sentences -----------------------------------------------------------------------------


def _sentences(ask: Ask, facts: Periods, found: change.Moved | None) -> list[Sentence]:
    told = [_why(facts, found), _who(ask, facts), _list(facts), _apart(facts)]
    return [sentence for sentence in told if sentence is not None]


def _why(facts: Periods, found: change.Moved | None) -> Sentence:
    if found is None:
        lead = "Why the cost moved is not told"
        return Sentence("unknown", lead, f"{lead}: {facts.span.why_not}.")
    say = facts.currency.say_amount
    told = found.along[: change.MOST_NAMED]
    numbers = [Said(amount, words.moved(amount, say)) for _, amount in told]
    if found.parts.change:
        numbers.insert(0, Said(found.parts.change, say(abs(found.parts.change))))
    return Sentence("cause", found.lead(say), f"{found.said(say)}.", tuple(numbers))


def _who(ask: Ask, facts: Periods) -> Sentence | None:
    """Say which vendor moved it most, usage and seats together."""
    if facts.cost_before is None:
        return None
    rows = (
        ask("cost_drivers")
        .frame.group_by("vendor")
        .agg(pl.col("change_usd").sum())
        .filter(pl.col("change_usd") != 0)
        .sort(pl.col("change_usd").abs(), descending=True)
    )
    if rows.height < 2:
        return None
    name, usd = rows.row(0)
    if words.is_remainder(name):
        return None
    said = words.moved(usd, facts.currency.say)
    lead = f"{name} moved it most among {rows.height} vendors"
    return Sentence("cost", lead, f"{lead}: {said}, use and seats together.", (Said(usd, said),))


def _list(facts: Periods) -> Sentence | None:
    """Say what was paid beside the list price of the same use."""
    value, covered = facts.now("paid_of_list_share"), facts.now("listed_share")
    if value is None:
        return None
    numbers = [
        Said(facts.now(name), facts.currency.say(facts.now(name)))
        for name in ("listed_cost_usd", "list_cost_usd")
    ]
    paid, at_list = (number.text for number in numbers)
    of_list, used = words.share(value), "Usage"
    numbers.append(Said(value, of_list))
    if covered < NEARLY_ALL:
        numbers.append(Said(covered, words.share(covered)))
        used = f"Usage with a list price, {numbers[-1].text} of the tokens,"
    lead = f"{used} cost {paid}, {of_list} of its list price of {at_list}"
    why = "discounts, credits and use that plans include"
    if value > 1:
        why = "not all that is paid for is tokens with a list price"
    return Sentence("cost", lead, f"{lead}: {why}.", tuple(numbers))


def _apart(facts: Periods) -> Sentence | None:
    """Say what stands beside the cost and is added to nothing."""
    ahead = facts.this["purchase_cost_usd"]
    if not ahead:
        return None
    said = facts.currency.say(ahead)
    lead = f"{said} were paid ahead"
    return Sentence("cost", lead, f"{lead} and are not in the cost.", (Said(ahead, said),))


# ---- what has to be settled, and the trend -----------------------------------------------------


def _to_settle(facts: Periods) -> list[ToSettle]:
    found = []
    if "seats" in facts.missing and not facts.view.is_people:
        who = listed(facts.missing["seats"])
        found.append(ToSettle("Load seats", f"of {who}, so that the cost is the full cost"))
    if "headcount" in facts.missing:
        who = listed(facts.missing["headcount"])
        found.append(ToSettle("Load headcount", f"of {who}, so that cost per employee is known"))
    if facts.this["rows_without_cost"]:
        found.append(
            ToSettle(
                "Give models a price",
                "tokens without a bill and without a list price are in no cost; the Data page "
                "names their models",
            )
        )
    return found


def _trend(ask: Ask, facts: Periods) -> Chart | Hidden:
    name = "Cost by month and part"
    rows = pl.DataFrame(
        [
            {
                "month": month,
                "series": said,
                "value": facts.currency.amount(facts.periods[month][part]),
            }
            for part, said in PARTS.items()
            for month in facts.months
            if month in facts.periods
        ],
        schema={"month": pl.String, "series": pl.String, "value": pl.Float64},
    ).drop_nulls("value")
    if rows.is_empty():
        return Hidden(name, "No complete month has a cost")
    return trend(
        rows,
        facts.currency.say_amount,
        name=name,
        question="full_cost",
        metric="full_cost_usd",
        finding=_trend_finding(facts),
        measure=f"{facts.cost_name} by part, {facts.currency.code} a month",
        events=markers(ask),
    )


def _trend_finding(facts: Periods) -> str:
    known = [
        (month, facts.periods[month]["full_cost_usd"])
        for month in facts.months
        if facts.periods.get(month, {}).get("full_cost_usd") is not None
    ]
    (first, start), (last, end) = known[0], known[-1]
    say = facts.currency.say
    if first == last:
        return f"{facts.cost_name} {say(end)} in the only complete month"
    verb = "rose" if end > start else "went"
    return f"{facts.cost_name} {verb} from {say(start)} to {say(end)} a month"
