"""The briefing: where we stand, what changed and why, and what has to be settled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import polars as pl

from leverage import charts, queries, words
from leverage.ask import Answer
from leverage.figures.confidence import confidence
from leverage.figures.events import markers
from leverage.figures.figure import Ask, Chart, Figure, Hidden, against, unbroken
from leverage.figures.scope import Compared, basis, compared, kind_title, listed
from leverage.privacy import SMALL_GROUPS, K
from leverage.view import View

Row = Mapping[str, Any]
Drawn = TypeVar("Drawn", Figure, Chart | Hidden)
MOST_TO_SETTLE = 5


@dataclass(frozen=True)
class Badge:
    """One short fact on what the page rests on; `is_attention` where it limits the figures."""

    text: str
    icon: str
    is_attention: bool = False


@dataclass(frozen=True)
class Caption:
    """What a badge had no room for: the sources, models or amounts it counted."""

    lead: str
    text: str


@dataclass(frozen=True)
class ToSettle:
    """Something missing that someone can bring, and what it would make known."""

    lead: str
    text: str


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
    notes: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class _Facts:
    """The answers the briefing is made of."""

    headline: Answer
    this: Row
    previous: Row | None
    by_month: pl.DataFrame  # complete months of the trend only, unless none is complete
    sources: pl.DataFrame
    loads: pl.DataFrame
    missing: dict[str, list[str]]  # companies by the input they lack
    services: pl.DataFrame
    unpriced: pl.DataFrame
    currencies: pl.DataFrame
    coverage: pl.DataFrame
    span: Compared

    @property
    def view(self) -> View:
        return self.headline.view

    @property
    def n_loads(self) -> int:
        return int(self.loads["loads"].sum())

    @property
    def is_compared(self) -> bool:
        return self.span.compared is not None

    def before(self, name: str) -> Any:
        """Return a figure of the earlier period, None where nothing is compared."""
        return self.previous[name] if self.previous is not None and self.is_compared else None

    @property
    def cost_name(self) -> str:
        """Name the cost by what is in it."""
        if self.view.is_people:
            return "Attributed usage cost"
        if self.view.model or not self.this["is_seats_known"]:
            return "Usage cost"
        return "Full cost"

    @property
    def cost_before(self) -> Any:
        """Return the earlier cost; unknown where seats are known in one of the periods only."""
        if not self.view.is_people and self.before("is_seats_known") != self.this["is_seats_known"]:
            return None
        return self.before("full_cost_usd")

    def earlier(self, value: Any, say: words.Say) -> tuple[str, ...]:
        """Say the earlier value and when it was, nothing where nothing is compared."""
        if self.span.compared is None or value is None:
            return ()
        name, year = self.span.compared.name, f" {self.span.span.last.year}"
        # The line above all figures has the year; here it would break the line.
        return (f"{say(value)} in {name.removesuffix(year)}",)

    def trend(self, name: str) -> tuple[float, ...]:
        return unbroken(self.by_month[name].to_list())


def briefing(ask: Ask) -> Briefing | None:
    """Return the briefing, None where nothing that was loaded matches the view."""
    headline = ask("headline")
    rows = {row["period"]: row for row in headline.frame.iter_rows(named=True)}
    this = rows.get("this")
    if this is None or all(
        this[name] is None for name in ("full_cost_usd", "tokens", "active_people")
    ):
        return None
    facts = _Facts(
        headline=headline,
        this=this,
        previous=rows.get("previous"),
        by_month=_complete(ask("headline_by_month").frame, ask("months").frame),
        sources=ask("sources").frame,
        loads=ask("source_loads").frame,
        missing=_missing(ask("missing_inputs").frame),
        services=ask("services_without_owner").frame,
        unpriced=ask("unpriced_models").frame,
        currencies=ask("other_currencies").frame,
        coverage=ask("coverage").frame,
        span=compared(headline.window),
    )
    cost = words.Change(this["full_cost_usd"], facts.cost_before, facts.cost_name)
    active = words.Change(
        this["active_people"],
        facts.before("active_people"),
        fewer_than=K if _is_few(headline) else None,
    )
    used = words.Change(this["tokens"], facts.before("tokens"), basis(facts.view).capitalize())
    drivers = _drivers(ask("cost_drivers").frame) if facts.cost_before is not None else []
    if len(drivers) < 2:
        drivers = []  # the only part there is explains nothing
    rests_on = next(ask("confidence").frame.iter_rows(named=True), None)
    return Briefing(
        title=words.finding(cost, active, used, drivers, facts.span),
        badges=tuple(_badges(facts)),
        captions=tuple(_captions(facts)),
        figures=tuple(
            _judged(figure(facts), facts, rests_on)
            for figure in (_cost, _active, _tokens_per_employee, _cost_per_active, _known_owner)
        ),
        sentences=tuple(words.sentences(cost, active, used, drivers, facts.span, _unknown(facts))),
        to_settle=tuple(_to_settle(facts)[:MOST_TO_SETTLE]),
        trend=_judged(_trend(ask, facts), facts, rests_on),
        movers=_judged(_movers(ask("movers"), facts), facts, rests_on),
        notes=headline.notes,
        source=_source(facts),
    )


def _judged(drawn: Drawn, facts: _Facts, rests_on: Row | None) -> Drawn:
    """Return a figure or chart with how far it can be trusted, where it is shown."""
    if isinstance(drawn, Hidden):
        return drawn
    is_split = bool(queries.get("questions", drawn.question).header["people"])
    grade = confidence(drawn.metric, rests_on, is_by_people=is_split or facts.view.is_people)
    return replace(drawn, confidence=grade)


def _many(number: int, noun: str) -> str:
    """Say how many of something: “1 load”, “32 loads”."""
    return f"{words.count(number)} {noun}{'s' * (number != 1)}"


def _complete(by_month: pl.DataFrame, months: pl.DataFrame) -> pl.DataFrame:
    complete = months.filter(pl.col("is_complete"))["month"].to_list()
    whole = by_month.filter(pl.col("month").is_in(complete))
    return whole if len(whole) else by_month


def _missing(rows: pl.DataFrame) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for company, name in rows.select("company", "input").iter_rows():
        found.setdefault(name, []).append(company)
    return found


def _is_few(answer: Answer) -> bool:
    """Tell whether people are hidden because there are fewer than K of them."""
    return any(note.startswith("Fewer than") for note in answer.notes)


def _why_no_people(facts: _Facts) -> str:
    """Say why a count of people, or what is divided by it, is not there."""
    about_people = [note for note in facts.headline.notes if SMALL_GROUPS not in note]
    return about_people[-1] if about_people else "No source in this view names people"


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


def _lacking(facts: _Facts) -> list[Row]:
    """Return the sources that cover less than the window, of those that had begun by its end."""
    end = facts.span.span.last
    rows = facts.sources.filter((pl.col("days_missing") > 0) & (pl.col("first_day") <= end))
    return list(rows.iter_rows(named=True))


def _without_price(facts: _Facts) -> list[str]:
    rows = facts.unpriced.filter(pl.col("tokens_without_cost").is_not_null())
    return rows["model"].to_list()


def _badges(facts: _Facts) -> list[Badge]:
    badges = []
    last = facts.sources["last_day"].max()
    if last is not None:
        badges.append(Badge(f"Data to {words.days(last, last)}", "calendar_today"))  # type: ignore[arg-type]
    name = facts.span.span.name
    window = facts.headline.window
    if window.is_partial:
        months = words.period(window.first, window.last)
        badges.append(Badge(f"{months} is not complete", "hourglass_empty", True))
    else:
        badges.append(Badge(f"{name} is complete", "check"))
    lacking = _lacking(facts)
    if lacking:
        verb = "lacks" if len(lacking) == 1 else "lack"
        badges.append(Badge(f"{_many(len(lacking), 'source')} {verb} days", "warning", True))
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
        badges.append(Badge(f"{_many(len(models), 'model')} without a price", "sell", True))
    return badges


def _amounts(currencies: pl.DataFrame) -> list[tuple[str, Any]]:
    rows = currencies.group_by("currency").agg(pl.col("amount").sum()).sort("currency")
    return list(rows.iter_rows())


def _captions(facts: _Facts) -> list[Caption]:
    captions = []
    lacking = _lacking(facts)
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
    days = _many(row["days_missing"], "day")
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


def _source(facts: _Facts) -> str:
    parts = ["Source: nothing is loaded for this period"]
    newest = facts.loads["newest_at"].max()
    if newest is not None:
        day = newest.date()  # type: ignore[union-attr]
        parts = [f"Source: {_many(facts.n_loads, 'load')}, the newest on {words.days(day, day)}"]
    parts.append(f"data version {words.count(facts.headline.pin.number)}")
    if facts.this["active_people"] is not None:
        parts.append(f"n = {words.count(facts.this['active_people'])} active people")
    return " · ".join(parts)


# ---- the five figures --------------------------------------------------------------------------


def _cost(facts: _Facts) -> Figure:
    this = facts.this
    total = this["full_cost_usd"]
    figure = Figure("full_cost_usd", facts.cost_name, n=_many(facts.n_loads, "load"))
    if total is None:
        return _hidden(figure, "No source in this view reports a cost or tokens with a price")
    change, is_rise = against(total, facts.cost_before)
    beside = [*facts.earlier(facts.cost_before, words.money), *_parts(this, total)]
    if facts.view.is_people:
        beside.append("seats are not shared out")
        if this["unattributed_cost_usd"]:
            beside.append(f"{words.money(this['unattributed_cost_usd'])} names no person")
    elif facts.view.model:
        beside.append("seats belong to no model")
    elif not this["is_seats_known"]:
        beside.append(f"seats of {listed(facts.missing.get('seats', ()), 1)} unknown")
    return _shown(figure, words.money(total), change, is_rise, beside, facts.trend("full_cost_usd"))


def _parts(this: Row, total: Any) -> list[str]:
    """Say what a cost is made of; what is estimated stands apart with its share."""
    parts = []
    if this["billed_cost_usd"] is not None:
        parts.append(f"billed {words.money(this['billed_cost_usd'])}")
    if this["seat_cost_usd"] is not None:
        parts.append(f"seats {words.money(this['seat_cost_usd'])}")
    if this["estimated_cost_usd"] is None:
        return parts
    estimated = f"estimated {words.money(this['estimated_cost_usd'])}"
    if total:
        estimated += f" ({words.share(this['estimated_cost_usd'] / total)})"
    return [*parts, estimated]


def _active(facts: _Facts) -> Figure:
    this = facts.this
    people = this["active_people"]
    figure = Figure("active_people", "Active people")
    if people is None and _is_few(facts.headline):
        few = f"fewer than {K}"
        return _shown(figure, few, None, None, ["too few to say how many"], (), n=few)
    if people is None:
        return _hidden(figure, _why_no_people(facts))
    before = facts.before("active_people")
    change = None if before is None else words.moved(people - before, words.count)
    beside = [*facts.earlier(before, words.count)]
    if this["active_share"] is not None and "headcount" not in facts.missing:
        share, heads = words.share(this["active_share"]), words.count(this["employees"])
        beside.append(f"{share} of {heads} employees")
    else:
        beside.append("share unknown: no headcount is loaded")
    if facts.headline.window.months > 1:
        beside.append("mean of the months")
    _, is_rise = against(people, before)
    n = f"{words.count(people)} people"
    return _shown(
        figure, words.count(people), change, is_rise, beside, facts.trend("active_people"), n=n
    )


def _tokens_per_employee(facts: _Facts) -> Figure:
    this = facts.this
    value = this["tokens_per_employee"]
    figure = Figure("tokens_per_employee", "Tokens per employee")
    lacking = facts.missing.get("headcount", [])
    if lacking:
        return _hidden(
            figure, f"Unknown: no headcount and no roster of {listed(lacking, 1)} is loaded"
        )
    if this["employees"] is None and facts.view.is_people:
        return _hidden(figure, f"Hidden: the filters let fewer than {K} employees through")
    if this["employees"] is None:
        return _hidden(figure, "Unknown: no headcount and no roster is loaded")
    if value is None:
        return _hidden(figure, "No source in this view reports tokens")
    before = facts.before("tokens_per_employee")
    change, is_rise = against(value, before)
    heads = words.count(this["employees"])
    counted = "counted from the roster" if this["is_counted_from_roster"] else "from headcount"
    beside = [
        *facts.earlier(before, words.tokens),
        f"a month, {basis(facts.view).removesuffix(' tokens')}",
        f"{heads} employees, {counted}",
    ]
    trend = facts.trend("tokens_per_employee")
    return _shown(
        figure, words.tokens(value), change, is_rise, beside, trend, n=f"{heads} employees"
    )


def _cost_per_active(facts: _Facts) -> Figure:
    this = facts.this
    value = this["cost_per_active_person_usd"]
    figure = Figure("cost_per_active_person_usd", "Cost per active person")
    if this["full_cost_usd"] is None:
        return _hidden(figure, "The cost is unknown")
    if value is None:
        return _hidden(figure, _why_no_people(facts))
    before = facts.before("cost_per_active_person_usd")
    if facts.cost_before is None:
        before = None
    change, is_rise = against(value, before)
    people = f"{words.count(this['active_people'])} active people"
    beside = [*facts.earlier(before, words.money), f"a month, over {people}"]
    trend = facts.trend("cost_per_active_person_usd")
    return _shown(figure, words.money(value), change, is_rise, beside, trend, n=people)


def _known_owner(facts: _Facts) -> Figure:
    this = facts.this
    value, least = this["known_owner_share"], this["known_owner_share_at_least"]
    figure = Figure("known_owner_share", "Use with a known owner")
    if value is None and least is None:
        return _hidden(figure, _why_no_owner(facts))
    before = None if value is None else facts.before("known_owner_share")
    _, is_rise = against(value, before)
    change = None if before is None else words.moved(value - before, _points)
    beside = [*facts.earlier(before, words.share)]
    if value is None:
        beside.append("not told closer: few people are in no roster")
    text = words.share(value) if value is not None else f"at least {words.share(least)}"
    trend = () if value is None else facts.trend("known_owner_share")
    n = f"{words.tokens(this['tokens'])} tokens"
    if this["tokens"] is None:
        beside.append("of cost before discount")
        n = words.money(this["gross_cost_usd"])
    else:
        beside.append(f"of {basis(facts.view)}")
    beside.append("people, and services with a department")
    return _shown(figure, text, change, is_rise, beside, trend, n=n)


def _why_no_owner(facts: _Facts) -> str:
    if "roster" in facts.missing:
        return "Unknown: no roster is loaded"
    if facts.this["tokens"] is None and facts.this["gross_cost_usd"] is None:
        return "Unknown: no source in this view reports tokens or a cost before discount"
    return "Hidden: it would tell the use of the few people who are in no roster"


def _points(part: words.Number | None) -> str:
    """Say a difference of two shares: “0.7 points”, never “0.7 %”, which would be of the share."""
    return words.share(part).replace(" %", " points")


def _hidden(figure: Figure, reason: str) -> Figure:
    return Figure(figure.metric, figure.name, reason=reason, question=figure.question)


def _shown(
    figure: Figure,
    text: str,
    change: str | None,
    is_rise: bool | None,
    beside: Sequence[str],
    trend: tuple[float, ...],
    n: str | None = None,
) -> Figure:
    return Figure(
        metric=figure.metric,
        name=figure.name,
        text=text,
        change=change,
        is_rise=is_rise,
        beside=tuple(beside),
        trend=trend,
        n=n or figure.n,
        question=figure.question,
    )


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
    span = words.period(str(rows["month"].min()), str(rows["month"].max()))
    events = markers(ask)
    return Chart(
        name=name,
        question=question,
        metric=metric,
        spec=charts.titled(
            charts.trend_by_series.spec(),
            _vendor_finding(rows, what, facts),
            f"{name}, {unit}, {span}",
        ),
        rows=charts.trend_by_series.frame(rows, say, last_day=last_day, events=events).to_arrow(),
        alt=charts.trend_by_series.alt_text(rows, name, say, last_day=last_day, events=events),
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
    if not len(rows):
        return Hidden(name, "No source in this view reports tokens")
    if not named:
        return Hidden(name, _why_no_departments(facts))
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
        note=_pooled_note(rows),
    )


def _why_no_departments(facts: _Facts) -> str:
    if "roster" in facts.missing:
        return "Departments are unknown: no roster is loaded"
    return f"No department has {K} people with use or more, so none is shown alone"


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


def _pooled_note(rows: pl.DataFrame) -> str | None:
    if SMALL_GROUPS not in rows["name"].to_list():
        return None
    return (
        f"{SMALL_GROUPS} pools departments in which fewer than {K} people, or mostly one of them, "
        "used AI"
    )
