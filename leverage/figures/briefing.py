"""The briefing: where we stand, what changed and why, and what has to be settled."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from leverage import charts, words
from leverage.ask import Answer
from leverage.figures import headline
from leverage.figures.alerts import Alerts, alerts
from leverage.figures.events import markers
from leverage.figures.figure import Ask, Chart, Figure, Hidden
from leverage.figures.ground import (
    Badge,
    Caption,
    Ground,
    Row,
    ToSettle,
    ground,
    many,
    pooled_note,
)
from leverage.figures.scope import basis, kind_title, listed
from leverage.figures.trend import trend
from leverage.privacy import K

MOST_TO_SETTLE: Final = 5
HEADLINE: Final = (
    headline.cost,
    headline.active,
    headline.tokens_per_employee,
    headline.cost_per_active,
    headline.known_owner,
)


@dataclass(frozen=True)
class Briefing:
    """Everything the briefing page shows, in its order."""

    title: str
    badges: tuple[Badge, ...]
    captions: tuple[Caption, ...]
    figures: tuple[Figure, ...]
    sentences: tuple[words.Sentence, ...]
    to_settle: tuple[ToSettle, ...]
    trend: Chart | Hidden
    movers: Chart | Hidden
    alerts: Alerts
    notes: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class _Facts(Ground):
    """The answers the briefing is made of."""

    services: pl.DataFrame
    unpriced: pl.DataFrame
    currencies: pl.DataFrame
    coverage: pl.DataFrame


def briefing(ask: Ask) -> Briefing | None:
    """Return the briefing, None where nothing that was loaded matches the view."""
    stands_on = ground(ask)
    if stands_on is None:
        return None
    facts = _Facts(
        **stands_on.of(),
        services=ask("services_without_owner").frame,
        unpriced=ask("unpriced_models").frame,
        currencies=ask("other_currencies").frame,
        coverage=ask("coverage").frame,
    )
    this = facts.this
    cost = words.Change(this["full_cost_usd"], facts.cost_before, facts.cost_name)
    active = words.Change(
        this["active_people"],
        facts.before("active_people"),
        fewer_than=K if facts.is_few() else None,
    )
    used = words.Change(this["tokens"], facts.before("tokens"), basis(facts.view).capitalize())
    drivers = _drivers(ask("cost_drivers").frame) if facts.cost_before is not None else []
    if len(drivers) < 2:
        drivers = []  # the only part there is explains nothing
    return Briefing(
        title=words.finding(cost, active, used, drivers, facts.span),
        badges=tuple(_badges(facts)),
        captions=tuple(_captions(facts)),
        figures=tuple(facts.judged(figure(facts)) for figure in HEADLINE),
        sentences=tuple(words.sentences(cost, active, used, drivers, facts.span, _unknown(facts))),
        to_settle=tuple(_to_settle(facts)[:MOST_TO_SETTLE]),
        trend=facts.judged(_trend(ask, facts)),
        movers=facts.judged(_movers(ask("movers"), facts)),
        alerts=alerts(ask),
        notes=facts.notes,
        source=facts.source(),
    )


def _drivers(rows: pl.DataFrame) -> list[words.Driver]:
    """Return the parts of a change in cost: a vendor's usage and its seats, each by itself."""
    with_seats = set(rows.filter(pl.col("part") == "seats")["vendor"].to_list())
    drivers = []
    for vendor, part, moved in rows.select("vendor", "part", "change_usd").iter_rows():
        name = vendor
        if part == "seats":
            name = f"{vendor} seat cost"
        elif vendor in with_seats:
            name = f"{vendor} usage"
        drivers.append(words.Driver(name, moved))
    return drivers


# ---- what the page rests on --------------------------------------------------------------------


def _without_price(facts: _Facts) -> list[str]:
    rows = facts.unpriced.filter(pl.col("tokens_without_cost").is_not_null())
    return rows["model"].to_list()


def _badges(facts: _Facts) -> list[Badge]:
    badges = []
    last = facts.sources["last_day"].max()
    if last is not None:
        badges.append(Badge(f"Data to {words.days(last, last)}", "calendar_today"))  # type: ignore[arg-type]
    badges += facts.completeness()
    owned, least = facts.this["known_owner_share"], facts.this["known_owner_share_at_least"]
    if least is not None:
        badges.append(Badge(f"Owner known for at least {words.share(least)}", "person"))
    elif owned is None:
        known = "unknown" if "roster" in facts.missing else "not shown"
        badges.append(Badge(f"Owners {known}", "help", True))
    else:
        badges.append(Badge(f"Owner known for {words.share(owned)}", "person"))
    for currency, amount in _amounts(facts.currencies):
        badges.append(Badge(f"{words.count(amount)} {currency} not in the cost", "payments", True))
    models = _without_price(facts)
    if models:
        badges.append(Badge(f"{many(len(models), 'model')} without a price", "sell", True))
    return badges


def _amounts(currencies: pl.DataFrame) -> list[tuple[str, Any]]:
    rows = currencies.group_by("currency").agg(pl.col("amount").sum()).sort("currency")
    return list(rows.iter_rows())


def _captions(facts: _Facts) -> list[Caption]:
    captions = []
    lacking = facts.lacking()
    if lacking:
        captions.append(Caption("Lacking days", listed([_lacks(facts, row) for row in lacking])))
    models = _without_price(facts)
    if models:
        captions.append(Caption("Without a price, so without a cost", listed(models)))
    if len(facts.currencies):
        told = [
            f"{words.count(row['amount'])} {row['currency']} of {row['vendor']}"
            for row in facts.currencies.iter_rows(named=True)
        ]
        captions.append(Caption("In another currency, added to nothing", listed(told)))
    if facts.this["purchase_cost_usd"]:
        paid = words.money(facts.this["purchase_cost_usd"])
        captions.append(Caption("Paid ahead, not in the cost", paid))
    return captions


def _lacks(facts: _Facts, row: Row) -> str:
    """Say what a source lacks of the window; where it ends, only if that is why."""
    source = f"{kind_title(row['kind'])} of {row['company']}"
    days = many(row["days_missing"], "day")
    if row["last_day"] > facts.span.span.last:
        return f"{source} ({days} of {facts.span.span.name})"
    return f"{source} ({days}, ends {words.days(row['last_day'], row['last_day'])})"


def _unknown(facts: _Facts) -> list[words.Gap | words.Missing]:
    unknown: list[words.Gap | words.Missing] = []
    owned, least = facts.this["known_owner_share"], facts.this["known_owner_share_at_least"]
    if owned is not None:
        unknown.append(words.Gap(1 - owned, "of use has no known owner"))
    elif least is not None:
        unknown.append(words.Gap(1 - least, "of use has no known owner", is_most=True))
    elif "roster" in facts.missing:
        unknown.append(words.Missing("roster", "the owner of use"))
    if "headcount" in facts.missing:
        unknown.append(words.Missing("headcount", "the number of employees"))
    return unknown


# ---- what has to be settled --------------------------------------------------------------------


def _to_settle(facts: _Facts) -> list[ToSettle]:
    """Say what is missing that someone can bring, the most telling first."""
    found = []
    if "roster" in facts.missing:
        who = listed(facts.missing["roster"])
        found.append(ToSettle("Load a roster", f"of {who}, so that use has departments and owners"))
    if "headcount" in facts.missing:
        who = listed(facts.missing["headcount"])
        found.append(ToSettle("Load headcount", f"of {who}, so that use can be set against it"))
    if "seats" in facts.missing and not facts.view.is_people:
        who = listed(facts.missing["seats"])
        found.append(ToSettle("Load seats", f"of {who}, so that the cost is the full cost"))
    gaps = facts.coverage.filter(pl.col("days_covered") == 0).sort("month", descending=True)
    by_source: dict[tuple[str, str], list[str]] = {}
    for row in gaps.iter_rows(named=True):
        by_source.setdefault((row["kind"], row["company"]), []).append(row["month"])
    for (kind, company), months in by_source.items():
        when = listed([words.month_name(month) for month in months])
        found.append(ToSettle("Load a missing file", f"{kind_title(kind)} of {company}, {when}"))
    if len(facts.services):
        count = len(facts.services)
        noun = "a service an owner" if count == 1 else f"{words.count(count)} services an owner"
        first = facts.services.row(0, named=True)
        said = f"{first['service']} of {first['company']}"
        if first["tokens"] is not None:
            said += f" with {words.tokens(first['tokens'])} raw tokens"
        found.append(ToSettle(f"Give {noun}", said if count == 1 else f"first {said}"))
    models = _without_price(facts)
    if models:
        found.append(
            ToSettle("Find a price", f"for {listed(models)}, so that their use has a cost")
        )
    return found


# ---- the two charts ----------------------------------------------------------------------------


def _trend(ask: Ask, facts: _Facts) -> Chart | Hidden:
    """Return the cost by vendor, or the tokens by vendor where no cost is known."""
    say: words.Say = words.money
    name, unit = f"{facts.cost_name} by vendor", "USD a month"
    metric, question, what = "full_cost_usd", "cost_by_vendor", "cost"
    rows = ask(question).frame.select("month", series="vendor", value="full_cost_usd")
    if rows.is_empty():
        say, name, unit = words.tokens, f"{basis(facts.view).capitalize()} by vendor", "a month"
        metric, question, what = f"{facts.view.tokens}_tokens", "tokens_by_vendor", "tokens"
        rows = ask(question).frame.select("month", series="vendor", value="tokens")
    if rows.is_empty():
        return Hidden(name, "No source in this view reports a cost or tokens")
    window = facts.headline.window
    is_open = window.is_partial and str(rows["month"].max()) == window.last
    last_day = window.last_day if is_open else None
    rows = _largest_first(rows).select("series").join(rows, on="series", maintain_order="left")
    return trend(
        rows,
        say,
        name=name,
        question=question,
        metric=metric,
        finding=_vendor_finding(rows, what, facts),
        measure=f"{name}, {unit}",
        events=markers(ask),
        last_day=last_day,
        filters="vendor",
    )


def _largest_first(rows: pl.DataFrame) -> pl.DataFrame:
    sums = rows.group_by("series").agg(pl.col("value").sum())
    return sums.sort("value", "series", descending=[True, False])


def _vendor_finding(rows: pl.DataFrame, what: str, facts: _Facts) -> str:
    """Say which vendor has the largest part of the window."""
    window, when = facts.headline.window, facts.span.span.when
    inside = _largest_first(
        rows.filter(pl.col("month").is_between(pl.lit(window.first), pl.lit(window.last)))
    )
    total = inside["value"].sum()
    if not total:
        return f"No vendor has any {what} {when}"
    vendor, value = inside.row(0)
    if len(inside) == 1:
        return f"{vendor} takes all of the {what} {when}"
    if words.is_remainder(vendor):
        return f"No single vendor is the largest {when}"
    return f"{vendor} takes {words.share(value / total)} of the {what} {when}"


def _movers(answer: Answer, facts: _Facts) -> Chart | Hidden:
    """Return who moved the tokens, or who used them where nothing is compared."""
    tokens = basis(facts.view)
    name = "Who moved the tokens" if facts.is_compared else "Who used the tokens"
    value = "change_tokens" if facts.is_compared else "tokens"
    rows = answer.frame.select(name="department", change=value).drop_nulls()
    named = [row for row in rows["name"].to_list() if not words.is_remainder(row)]
    if not len(rows) and not facts.view.workload:
        return Hidden(name, "No source in this view reports tokens")
    if not named:
        return Hidden(name, facts.why_no_departments())
    bars = charts.change_bars.frame(rows, words.tokens)
    measure = f"{tokens.capitalize()} by department, {facts.span.span.name}"
    if facts.is_compared and facts.span.compared is not None:
        measure = (
            f"Change in {tokens} by department, {facts.span.span.name} against "
            f"{facts.span.compared.name}"
        )
    else:
        bars = bars.with_columns(
            said=pl.col("change").map_elements(words.tokens, return_dtype=pl.String)
        )
    return Chart(
        name=name,
        question="movers",
        metric=f"{facts.view.tokens}_tokens",
        spec=charts.titled(
            charts.change_bars.spec(), _mover_finding(bars, named, facts.is_compared), measure
        ),
        rows=bars.to_arrow(),
        alt=_bars_alt(bars, measure),
        note=pooled_note(rows),
        filters="department",
    )


def _mover_finding(bars: pl.DataFrame, named: Sequence[str], is_compared: bool) -> str:
    name, change, said = bars.select("name", "change", "said").row(0)
    if len(named) == 1:
        return f"{name}: {said} tokens" if change else f"{name} did not move"
    if not is_compared:
        return f"{name} used the most of all departments: {said}"
    if change == 0:
        return "No department moved"
    return f"{name} moved the most of all departments: {said}"


def _bars_alt(bars: pl.DataFrame, measure: str) -> str:
    told = [f"{name} {said}" for name, said in bars.select("name", "said").head(3).iter_rows()]
    return f"{measure}, largest first: {', '.join(told)}."
