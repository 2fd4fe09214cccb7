"""Where the bill is going: the end of the month, its budget, and the twelve months after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from leverage import charts, words
from leverage.cost import Forecast, Tested, back_tests, budget_state, month_end, outlook
from leverage.figures.currency import Currency, reported
from leverage.figures.figure import Ask, Chart, Hidden, Table
from leverage.figures.ground import Ground, ground, whole_months
from leverage.figures.scope import basis, listed
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


def ahead(ask: Ask) -> Ahead | None:
    """Return what lies ahead, None where nothing that was loaded matches the view."""
    facts = ground(ask, reported(ask))
    if facts is None:
        return None
    forecast, tests, budgets = _month_end(ask, facts)
    return Ahead(
        forecast=facts.judged(forecast),
        tests=facts.judged(tests),
        budgets=facts.judged(budgets),
        cost=facts.judged(
            _outlook(
                _costs(ask, facts.currency),
                "full_cost",
                facts.cost_name,
                facts.currency.code,
                facts.currency.say_amount,
            )
        ),
        tokens=facts.judged(
            _outlook(
                _unbroken(facts.by_month, "tokens"),
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


def _month_end(ask: Ask, facts: Ground) -> tuple[Table | Hidden, Table | Hidden, Table | Hidden]:
    if why_not := not_by_day(facts.view):
        return Hidden(FORECAST, why_not), Hidden(TESTS, why_not), Hidden(BUDGETS, why_not)
    rows, seated = ask("daily_cost").frame, ask("seats_ahead").frame
    found = days(rows)
    seats = float(seated["seat_cost_usd"].sum())
    forecast = month_end(found.daily, found.as_of, seats) if found is not None else None
    if found is None or forecast is None:
        why = "It takes four weeks of days in the last eight; fewer are covered"
        return Hidden(FORECAST, why), Hidden(TESTS, why), Hidden(BUDGETS, why)
    tested = back_tests(found.daily, found.as_of)
    return (
        _forecast(found, forecast, seats, tested, facts.currency),
        _tests(tested, facts.currency),
        _budgets(rows, seated, ask("budgets_ahead").frame, facts.currency),
    )


def _forecast(
    found: Days,
    forecast: Forecast,
    seats: float,
    tested: tuple[Tested, ...],
    currency: Currency,
) -> Table:
    month = words.month_name(forecast.month)
    usage = forecast.spent - seats
    rows = [
        ("Seats, as in the newest month they are known of", currency.say(seats)),
        (f"Use known to {words.days(found.as_of, found.as_of)}", currency.say(usage)),
        (
            f"Use expected in the {forecast.days_left} days left",
            currency.say(forecast.month_end - forecast.spent),
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
    note = "Use by day is in thousandths of its month; days with few people are told as their mean."
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
    rows: pl.DataFrame, seated: pl.DataFrame, loaded: pl.DataFrame, currency: Currency
) -> Table | Hidden:
    """Hold each budget of companies against the forecast of what it covers."""
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
        found = days(rows.filter(covers))
        seats = float(seated.filter(covers)["seat_cost_usd"].sum())
        forecast = month_end(found.daily, found.as_of, seats) if found is not None else None
        mine = (pl.col("company") == company) & pl.col("vendor").eq_missing(vendor)
        budget, said, why = _of_month(loaded.filter(mine), forecast, currency)
        if why:
            earlier.setdefault(why, []).append(f"{vendor} of {company}" if vendor else company)
        what = (company, vendor or "all", said)
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
    columns = ["Company", "Vendor", "Budget", "Month", "Spent", "Month end", "80 % band", "State"]
    beyond = sum(state in ("over", "on course to exceed") for state in states)
    finding = f"{beyond} of {len(states)} budgets are over or on course to be exceeded"
    note = "Spent holds the seats of the whole month. At risk: the band reaches above the budget."
    for why, names in earlier.items():
        note += f" {why}, so that the newest before stands for {listed(names)}."
    return Table(
        name=BUDGETS,
        finding=finding if states else "No budget can be held against a forecast",
        question="budgets_ahead",
        metric=METRIC,
        rows=pl.DataFrame(told, schema=columns, orient="row"),
        note=note,
    )


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
    known: list[tuple[str, float]], question: str, said: str, unit: str, say: words.Say
) -> Chart | Hidden:
    title = f"{said} over the next twelve months"
    steps = outlook([value for _, value in known])
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


def _costs(ask: Ask, currency: Currency) -> list[tuple[str, float]]:
    """Return the newest whole months in a row of which the same parts of the cost are known."""
    rows = ask("full_cost").frame.rename({"period": "month"})
    rows = rows.filter(pl.col("month").is_in(whole_months(ask)))
    if rows.is_empty():
        return []
    is_alike = rows.sort("month")["is_seats_known"][-1]
    known = _unbroken(rows.filter(pl.col("is_seats_known") == is_alike), "full_cost_usd")
    return [(month, currency.amount(usd)) for month, usd in known]


def _unbroken(rows: pl.DataFrame, name: str) -> list[tuple[str, float]]:
    """Return the newest months in a row that know the value, oldest first."""
    run: list[tuple[str, float]] = []
    for month, value in rows.sort("month", descending=True).select("month", name).iter_rows():
        if value is None or (run and shift(month, 1) != run[-1][0]):
            break
        run.append((month, float(value)))
    return run[::-1]
