"""Where the bill is going: the end of the month, its budget, and the twelve months after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from leverage import charts, words
from leverage.cost import Ahead as MonthAhead
from leverage.cost import Forecast, Tested, back_tests, budget_state, month_end, outlook
from leverage.figures.currency import Currency, reported
from leverage.figures.figure import Ask, Chart, Hidden, Table
from leverage.figures.ground import Ground, ground, many, whole_months
from leverage.figures.scope import basis, listed
from leverage.figures.yardstick import NAMES
from leverage.view import View, shift

Daily = Mapping[date, float]

MOST_DAYS_BEHIND: Final = 35
"""A vendor whose newest covered day lies further back than this has ended, and costs nothing."""
MOST_WIDE: Final = 10
"""A band whose upper end is more than so many times its lower one tells nothing of a month."""
TOO_WIDE: Final = "the band would be wider than tenfold"
FORECAST: Final = "Month-end forecast"
TESTS: Final = "The last forecasts and what came"
BUDGETS: Final = "Budgets"
METRIC: Final = "month_end_cost_usd"
WAS: Final = "Last whole month"
WARNINGS: Final[dict[str, str]] = {
    "over": "over",
    "on course to exceed": "on course to be exceeded",
    "at risk": "at risk",
}


@dataclass(frozen=True)
class Ahead:
    """Everything the tab on what lies ahead shows, in its order."""

    forecast: Table | Hidden
    tests: Table | Hidden
    budgets: Table | Hidden
    cost: Chart | Hidden
    tokens: Chart | Hidden


@dataclass(frozen=True)
class Days:
    """The cost of use by day of companies together, 0 where a covered day has none.

    `as_of` is the newest day that all of them know, `unknown` the vendors billed in longer spans,
    `ended` those that no file covers any more.
    """

    daily: Daily
    as_of: date
    unknown: tuple[str, ...]
    ended: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """The days of use that a forecast rests on, the seats of its month, and the forecast."""

    days: Days
    seats: float
    forecast: Forecast


@dataclass(frozen=True)
class MonthEnd:
    """The month-end forecast beside the outlook, in the currency of the page.

    `why_apart` is why it is not the first month of the outlook, empty where it is.
    """

    month: str
    told: MonthAhead
    why_apart: str


def ahead(ask: Ask) -> Ahead | None:
    """Return what lies ahead, None where nothing that was loaded matches the view."""
    facts = ground(ask, reported(ask))
    if facts is None:
        return None
    currency, by_month = facts.currency, _costs(ask)
    known = None if not_by_day(facts.view) else _known(*_daily(ask))
    forecast, tests, budgets = _month_end(ask, facts, known)
    costs = [(str(row["month"]), currency.amount(float(row["full_cost_usd"]))) for row in by_month]
    beside = _beside(known, by_month[-1], currency) if known is not None and by_month else None
    return Ahead(
        forecast=facts.judged(forecast),
        tests=facts.judged(tests),
        budgets=facts.judged(budgets),
        cost=facts.judged(
            _outlook(
                costs, "full_cost", facts.cost_name, currency.code, currency.say_amount, beside
            )
        ),
        tokens=facts.judged(
            _outlook(
                [
                    (row["month"], float(row["tokens"]))
                    for row in _unbroken(facts.by_month, "tokens")
                ],
                "headline_by_month",
                "Tokens",
                basis(facts.view),
                words.tokens,
            )
        ),
    )


def not_by_day(view: View) -> str:
    """Say why cost by day is not told under a view, nothing where it is."""
    if view.is_people:
        return "Not told by day under a filter by people: a day would tell of few of them"
    if view.is_without_seats:
        return "Cost by day is known by vendor, not by model or kind of work"
    return ""


def days(rows: pl.DataFrame) -> Days | None:
    """Return the cost by day of all companies and vendors in `rows`, None where none is known.

    `rows` are those of the question daily_cost. A day is known where it is for all vendors.
    """
    unknown = rows.filter(pl.col("day").is_null()).select("company", "vendor").rows()
    known = rows.filter(pl.col("day").is_not_null())
    if known.is_empty():
        return None
    spans = known.group_by("company", "vendor").agg(
        first=pl.col("day").min(), last=pl.col("day").max()
    )
    newest = spans["last"].max()
    assert isinstance(newest, date)
    alive = spans.filter(pl.col("last") > newest - timedelta(days=MOST_DAYS_BEHIND))
    as_of = alive["last"].min()
    assert isinstance(as_of, date)
    told = known.filter(pl.col("day") <= as_of)
    by_day = told.group_by("day").agg(
        usd=pl.col("about_cost_usd").sum(), vendors=pl.struct("company", "vendor").n_unique()
    )
    # A vendor that began later cost nothing before; one that has gaps leaves its days unknown.
    begun = {
        day: sum(first <= day <= last for first, last in spans.select("first", "last").iter_rows())
        for day in by_day["day"]
    }
    daily = {
        day: usd for day, usd, vendors in by_day.sort("day").iter_rows() if vendors == begun[day]
    }
    over = (
        spans.join(alive, on=["company", "vendor"], how="anti").select("company", "vendor").rows()
    )
    return Days(daily, as_of, _names(unknown), _names(over))


def _names(pairs: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(sorted({f"{vendor} of {company}" for company, vendor in pairs}))


def _daily(ask: Ask) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return what use cost by day, and what the seats of the month ahead will."""
    return ask("daily_cost").frame, ask("seats_ahead").frame


def _month_end(
    ask: Ask, facts: Ground, known: Known | None
) -> tuple[Table | Hidden, Table | Hidden, Table | Hidden]:
    if known is None:
        why = not_by_day(facts.view) or (
            "It takes four weeks of days in the last eight; fewer are covered"
        )
        return Hidden(FORECAST, why), Hidden(TESTS, why), Hidden(BUDGETS, why)
    currency, window, mark = facts.currency, facts.headline.window, facts.yardstick
    target = None
    if mark.name == NAMES["target"]:
        target = mark.at("full_cost_usd", window.first, window.last)
    tested = back_tests(known.days.daily, known.days.as_of, totals=_used_by_month(ask, known))
    return (
        _forecast(known, tested, currency),
        _tests(tested, currency),
        _budgets(
            *_daily(ask), ask("budgets_ahead").frame, _last_month(ask, facts), currency, target
        ),
    )


def _used_by_month(ask: Ask, known: Known) -> dict[str, float]:
    """Return what use cost by month, exactly; nothing where days do not hold all of it."""
    if known.days.unknown:
        return {}
    parts = pl.sum_horizontal("billed_cost_usd", "estimated_cost_usd").cast(pl.Float64)
    return dict(ask("full_cost").frame.select("period", parts.alias("usd")).iter_rows())


def _known(rows: pl.DataFrame, seated: pl.DataFrame) -> Known | None:
    """Return what is known of companies together, None where nothing can be forecast from it.

    The arguments are rows of the questions daily_cost and seats_ahead.
    """
    found = days(rows)
    if found is None:
        return None
    seats = float(seated["seat_cost_usd"].sum())
    forecast = month_end(found.daily, found.as_of, seats)
    return None if forecast is None else Known(found, seats, forecast)


def _forecast(known: Known, tested: tuple[Tested, ...], currency: Currency) -> Table:
    found, seats, forecast = known.days, known.seats, known.forecast
    month = words.month_name(forecast.month)
    name, used = month.split()[0], forecast.spent - seats
    # What is left between the amounts as they are said, so that the rows add up.
    left = words.money_apart(currency.amount(forecast.month_end), currency.amount(seats))
    left = words.money_apart(left, currency.amount(used))
    is_begun = found.as_of.strftime("%Y-%m") == forecast.month
    rows = [
        ("Seats, as in the newest month they are known of", currency.say(seats)),
        (f"Use of {name} loaded so far", currency.say(used) if is_begun else "none"),
        (
            f"Use expected in the {many(forecast.days_left, 'day')} "
            + ("not loaded yet" if is_begun else f"of {name}"),
            currency.say_amount(left),
        ),
        ("Month end", currency.say(forecast.month_end)),
        ("80 % band", band(forecast, currency)),
    ]
    errors = [abs(one.error) for one in tested if one.error is not None]
    if errors:
        held = sum(one.is_held for one in tested)
        rows.append(
            (
                f"The last {len(tested)} forecasts missed use by",
                f"{words.share(sum(errors) / len(errors))} in the mean, {words.share(max(errors))} "
                f"at most; {held} of {len(tested)} bands held",
            )
        )
    note = (
        "The cost of a day is known to 0.1 % of its month; days of few people stand as their mean."
    )
    if forecast.band_from == "weekdays":
        note += " The band rests on weekdays alone, because few weeks are known: it is too narrow."
    if found.unknown:
        note += f" Left out, not known by day: {listed(found.unknown)}."
    if found.ended:
        note += f" Taken as ended, no file covers it any more: {listed(found.ended)}."
    return Table(
        name=f"{FORECAST}, {month}",
        finding=(
            f"{month} is on course for {currency.say(forecast.month_end)}, "
            f"eight times in ten {band(forecast, currency)}"
        ),
        question="daily_cost",
        metric=METRIC,
        rows=pl.DataFrame(rows, schema=["What", currency.code], orient="row"),
        note=note,
    )


def band(forecast: Forecast, currency: Currency) -> str:
    """Say the band of a forecast: “21 k USD to 25 k USD”."""
    return f"{currency.say(forecast.low)} to {currency.say(forecast.high)}"


def _tests(tested: tuple[Tested, ...], currency: Currency) -> Table | Hidden:
    if not tested:
        return Hidden(TESTS, "No month that is over has all its days and eight weeks before it")
    rows = [
        (
            words.month_name(one.forecast.month),
            currency.say(one.forecast.month_end),
            band(one.forecast, currency),
            currency.say(one.actual),
            words.UNKNOWN if one.error is None else words.moved(one.error, words.share),
            "yes" if one.is_held else "no",
        )
        for one in tested
    ]
    held = sum(one.is_held for one in tested)
    return Table(
        name=TESTS,
        finding=f"The band held what came in {held} of the last {len(tested)} months",
        question="daily_cost",
        metric=METRIC,
        rows=pl.DataFrame(
            rows,
            schema=["Month", "Forecast", "80 % band", "Came", "Error", "Held"],
            orient="row",
        ),
        note="Use without seats, done again from the days that were known on the same day of its "
        "month as now. An error above 0 was too high.",
    )


def _budgets(
    rows: pl.DataFrame,
    seated: pl.DataFrame,
    loaded: pl.DataFrame,
    past: pl.DataFrame,
    currency: Currency,
    target: float | None = None,
) -> Table | Hidden:
    """Hold each budget of companies against the forecast of what it covers, and of one month past.

    `past` are rows of the question alert_budgets, of one month at most. `target` is what the cost
    of the companies is meant to reach, where that is told beside it.
    """
    held = loaded.drop_nulls("budget_usd").sort("company", "vendor", nulls_last=False)
    if held.is_empty():
        return Hidden(BUDGETS, "No budget of a company or of one of its vendors is loaded")
    told: list[tuple[Any, ...]] = []
    states: list[str] = []
    earlier: dict[str, list[str]] = {}
    for company, vendor in held.select("company", "vendor").unique(maintain_order=True).rows():
        covers = pl.col("company") == company
        if vendor is not None:
            covers &= pl.col("vendor") == vendor
        known = _known(rows.filter(covers), seated.filter(covers))
        forecast = None if known is None else known.forecast
        mine = (pl.col("company") == company) & pl.col("vendor").eq_missing(vendor)
        budget, said, why = _of_month(loaded.filter(mine), forecast, currency)
        if why:
            earlier.setdefault(why, []).append(f"{vendor} of {company}" if vendor else company)
        what = (company, vendor or "all", _was(past.filter(mine), currency), said)
        if forecast is None:
            told.append((*what, *[words.UNKNOWN] * 4, "days are too few"))
            continue
        state = words.UNKNOWN
        if budget is not None:
            state = budget_state(forecast, budget)
            states.append(state)
        spent, end = currency.say(forecast.spent), currency.say(forecast.month_end)
        month = words.month_name(forecast.month)
        told.append((*what, month, spent, end, band(forecast, currency), state))
    over = words.month_name(past["month"][0]) if len(past) else WAS
    columns = ["Company", "Vendor", over, "Budget", "Month", "Spent", "Month end", "80 % band"]
    note = "Spent holds the seats of the whole month. At risk: the band reaches above the budget."
    for why, names in earlier.items():
        note += f" {why}, so that the newest before stands for {listed(names)}."
    if target is not None:
        note += (
            f" A budget is what may be spent; the target of {currency.say(target)} is what the "
            "cost is meant to reach."
        )
    table = pl.DataFrame(told, schema=[*columns, "State"], orient="row")
    return Table(
        name=BUDGETS,
        finding=_states(states) if states else "No budget can be held against a forecast",
        question="budgets_ahead",
        metric=METRIC,
        rows=table if len(past) else table.drop(WAS),
        note=note,
    )


def _states(states: Sequence[str]) -> str:
    """Say how many budgets are in each state that warns: “1 of 2 budgets is over, 1 at risk”."""
    counts = {said: states.count(state) for state, said in WARNINGS.items()}
    warned = [(number, said) for said, number in counts.items() if number]
    if not warned:
        return f"{many(len(states), 'budget')} {'is' if len(states) == 1 else 'are'} within"
    (number, said), *others = warned
    first = f"{number} of {many(len(states), 'budget')} {'is' if number == 1 else 'are'} {said}"
    return ", ".join([first, *[f"{number} {said}" for number, said in others]])


def _was(past: pl.DataFrame, currency: Currency) -> str:
    """Say what a month cost of its own budget, a dash where one of the two is not known."""
    if past.is_empty():
        return words.DASH
    row = past.row(0, named=True)
    cost, budget = float(row["full_cost_usd"]), row["budget_usd"]
    # Seats that are not known can only add to it.
    within = "within" if row["is_seats_known"] else "not all seats known"
    spent = currency.say(cost).removesuffix(f" {currency.code}")
    return f"{spent} of {currency.say(budget)}, {'over' if cost > budget else within}"


def _last_month(ask: Ask, facts: Ground) -> pl.DataFrame:
    """Return what the last whole month of the window cost beside its budgets."""
    window = facts.headline.window
    inside = [month for month in whole_months(ask) if window.first <= month <= window.last]
    rows = ask("alert_budgets").frame
    return rows.filter(pl.col("month") == inside[-1]) if inside else rows.clear()


def _of_month(
    loaded: pl.DataFrame, forecast: Forecast | None, currency: Currency
) -> tuple[float | None, str, str]:
    """Return the budget of the month that is forecast, how it is said, and why it is of another.

    `loaded` are the months of one budget; of those before, the newest stands in for a month that
    is lacking. It is None where all are later; where nothing can be forecast it is the newest.
    """
    known = loaded.drop_nulls("budget_usd").sort("month")
    if forecast is None:
        asked = str(known["month"].max())
    else:
        asked = forecast.month
        known = known.filter(pl.col("month") <= asked)
    name = words.month_name(asked)
    if known.is_empty():
        return None, f"none up to {name}", ""
    month, budget = known.select("month", "budget_usd").row(-1)
    if month == asked:
        why = ""
    elif asked in loaded["month"]:
        why = f"The budget of {name} has no exchange rate"
    else:
        why = f"No budget of {name} is loaded"
    return budget, f"{currency.say(budget)} of {words.month_name(month)}", why


def _outlook(
    known: list[tuple[str, float]],
    question: str,
    said: str,
    unit: str,
    say: words.Say,
    month_end: MonthEnd | None = None,
) -> Chart | Hidden:
    title = f"{said} over the next twelve months"
    first = month_end.told if month_end is not None and not month_end.why_apart else None
    steps = outlook([value for _, value in known], first=first)
    if steps is None:
        return Hidden(title, "It takes six whole months in a row with a value above 0")
    newest = known[-1][0]
    later = [
        (shift(newest, one.steps), one.expected, one.low, one.high)
        for one in steps
        if one.high <= MOST_WIDE * one.low
    ]
    if not later:
        return Hidden(title, f"Past months differ too much: {TOO_WIDE} from the first month on")
    end = later[-1]
    note = (
        f"Rests on {len(known)} whole months. Growth of the past that fades by a tenth each month; "
        "no series of the past tells when growth levels off."
    )
    if month_end is not None:
        note += _note_on(month_end, {month: expected for month, expected, *_ in later}, say)
    if len(later) < len(steps):
        after = words.month_name(shift(end[0], 1))
        note += f" Nothing is said from {after} on: past months differ so much that {TOO_WIDE}."
    return Chart(
        name=title,
        question=question,
        metric="month_ahead",
        spec=charts.titled(
            charts.months_ahead.spec(),
            f"About {say(end[1])} a month in {words.month_name(end[0])}, "
            f"eight times in ten {say(end[2])} to {say(end[3])}",
            f"{said}, {unit} a month, and the 80 % band ahead",
        ),
        rows=charts.months_ahead.frame(known, later, say).to_arrow(),
        alt=charts.months_ahead.alt_text(known, later, said, say),
        note=note,
    )


def _note_on(month_end: MonthEnd, drawn: Mapping[str, float], say: words.Say) -> str:
    """Say how the months drawn ahead stand to the month-end forecast of one of them."""
    month = words.month_name(month_end.month)
    if month_end.month not in drawn:
        return ""
    if not month_end.why_apart:
        return (
            f" Begins with the month-end forecast of {month}; how far that lies from what the "
            "months alone would tell fades by a tenth each month, too."
        )
    return (
        f" The month-end forecast of {month} is {say(month_end.told.expected)}, against "
        f"{say(drawn[month_end.month])} here: {month_end.why_apart}."
    )


def _beside(known: Known, newest: Mapping[str, Any], currency: Currency) -> MonthEnd:
    """Return the month-end forecast as the outlook takes it, which is of the months up to one.

    `newest` is the row of the newest of these.
    """
    forecast = known.forecast
    low, end, high = (
        currency.amount(usd) for usd in (forecast.low, forecast.month_end, forecast.high)
    )
    why = ""
    if forecast.month != shift(newest["month"], 1):
        why = f"it rests on the days up to {words.days(known.days.as_of, known.days.as_of)}"
    elif known.days.unknown:
        why = f"it leaves out {listed(known.days.unknown)}, not known by day"
    elif known.seats and not newest["is_seats_known"]:
        why = "it holds the seats that are known, and not of every company are they"
    return MonthEnd(forecast.month, MonthAhead(1, end, low, high), why)


def _costs(ask: Ask) -> list[dict[str, Any]]:
    """Return the newest whole months in a row of which the same parts of the cost are known."""
    rows = ask("full_cost").frame.rename({"period": "month"})
    rows = rows.filter(pl.col("month").is_in(whole_months(ask)))
    if rows.is_empty():
        return []
    is_alike = rows.sort("month")["is_seats_known"][-1]
    return _unbroken(rows.filter(pl.col("is_seats_known") == is_alike), "full_cost_usd")


def _unbroken(rows: pl.DataFrame, name: str) -> list[dict[str, Any]]:
    """Return the rows of the newest months in a row that know the value, oldest first."""
    run: list[dict[str, Any]] = []
    for row in rows.sort("month", descending=True).iter_rows(named=True):
        if row[name] is None or (run and shift(row["month"], 1) != run[-1]["month"]):
            break
        run.append(row)
    return run[::-1]
