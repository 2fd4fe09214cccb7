"""Where a bill is going: the end of the month, the next twelve months, and the budget.

Month-end: what is spent, and for each day left the mean of its weekday over the last 56 days. The
band is what this very forecast missed by before: it is done again from one week earlier, two weeks
earlier and so on, each time over as many days as are left now, and the band is as wide as those
misses say (a t-quantile times their root mean square, with as many degrees of freedom as there are
spans of days that do not overlap). A band from how days differ from their weekday alone would take
them as independent and without trend: simulated with days that resemble their neighbours it held
four to five in ten month-ends instead of eight. The band of misses held 76 to 87 of 100 with four
months of days or more, whether days were alike or not, growing, counted or shifting for good.

Twelve months: growth of the past, fading by a tenth each month. Simulated with 12 to 24 months, its
band held 67 to 84 of 100 a year ahead where growth comes by chance and goes on for a while, up to
97 where values only scatter around a path, and about half where use rose along an S-curve that then
levels off: no series of the past tells when it will.

A month has one forecast: where the month-end tells the first month ahead, the twelve months begin
with it and its band. How far that lies from what the months alone tell fades by a tenth each month,
as growth does, because a mean of eight weeks of days lies behind what grows. The bands after it are
those of the months alone, wider by what the month-end is less sure of than they are. Simulated with
days that drift and grow, its bands held 76 to 88 of 100.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, inf, log, sqrt
from types import MappingProxyType
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
BandFrom = Literal["misses", "weekdays"]
BudgetState = Literal["within", "at risk", "on course to exceed", "over"]

USUAL_DAYS: Final = 56
LEAST_DAYS: Final = 28
WEEK: Final = 7
LEAST_SPANS: Final = 2
"""Spans of days, apart from each other, that the misses must come from; else weekdays stand in."""
TESTED_MONTHS: Final = 6
LEAST_MONTHS: Final = 6
OUTLOOK_MONTHS: Final = 12
FADE: Final = 0.9
"""What is left of growth each month: between 0.8 and 0.98 is usual (Gardner and McKenzie 1985)."""
LIKENESS: Final = (-0.3, 0.8)
"""Correlations of changes beyond these are not believed from two years of months."""
Z80: Final = 1.2816


@dataclass(frozen=True)
class Forecast:
    """What a month will have cost, told from the days up to `as_of`; all in one currency.

    `spent` is known, `month_end` the forecast, `low` to `high` its 80 % band. `band_from` says
    what the band rests on: past misses, or weekdays alone where days are few, which is too narrow.
    """

    month: str
    as_of: date
    days_left: int
    spent: float
    month_end: float
    low: float
    high: float
    band_from: BandFrom


@dataclass(frozen=True)
class Tested:
    """A forecast of a month that is over, done again from the days known then."""

    forecast: Forecast
    actual: float

    @property
    def error(self) -> float | None:
        """Return by what share it was too high, below 0 too low; None where nothing was spent."""
        return self.forecast.month_end / self.actual - 1 if self.actual else None

    @property
    def is_held(self) -> bool:
        """Tell whether the band held what came."""
        return self.forecast.low <= self.actual <= self.forecast.high


@dataclass(frozen=True)
class Ahead:
    """One month of the outlook with its 80 % band; `steps` months after the last known one."""

    steps: int
    expected: float
    low: float
    high: float


def month_end(daily: Mapping[date, float], as_of: date, fixed: float = 0.0) -> Forecast | None:
    """Return what the month that `as_of` stands in will have cost.

    `daily` holds every day that is covered, 0 where nothing was spent; a day that is not in it is
    unknown and is forecast. `fixed` is what the month costs anyway, such as seats. On the last day
    of a month the next one is forecast. None with fewer than 28 known days, or a weekday without
    one, in the last 56.
    """
    days = _days(daily, as_of)
    weekdays = None if days is None else _weekdays(days)
    if days is None or weekdays is None:
        return None
    of_month = _month_after(as_of)
    known = [daily[day] for day in of_month if day <= as_of and day in daily]
    left = [day for day in of_month if day > as_of or day not in daily]
    means, deviations = weekdays
    # Days are counted back from `as_of`, so a weekday is known by how far it lies from it.
    at = np.asarray([(day - as_of).days % WEEK for day in left], dtype=int)
    rest = float(means[at].sum())
    missed = _reach(days, len(left), rest)
    reach = Z80 * sqrt(float((deviations[at] ** 2).sum())) if missed is None else missed
    spent = fixed + sum(known)
    return Forecast(
        month=f"{of_month[0]:%Y-%m}",
        as_of=as_of,
        days_left=len(left),
        spent=spent,
        month_end=spent + rest,
        low=spent + min(rest, max(0.0, rest - reach)),
        high=spent + rest + reach,
        band_from="weekdays" if missed is None else "misses",
    )


def back_tests(
    daily: Mapping[date, float],
    as_of: date,
    n: int = TESTED_MONTHS,
    *,
    totals: Mapping[str, float] = MappingProxyType({}),
) -> tuple[Tested, ...]:
    """Return the forecasts of the last months that are over, as they were on this day of each.

    Newest first, up to n of them, without what months cost anyway. Left out are months with a day
    that is unknown, and those before which days were too few. `totals` are what months came to
    where that is known closer than the sum of their days.
    """
    found: list[Tested] = []
    first = min(daily, default=as_of)
    then = _month_before(as_of)
    while then >= first and len(found) < n:
        of_month = _month_after(then)
        forecast = month_end({day: cost for day, cost in daily.items() if day <= then}, then)
        if forecast is not None and all(day in daily for day in of_month):
            of_days = sum(daily[day] for day in of_month)
            found.append(Tested(forecast, totals.get(forecast.month, of_days)))
        then = _month_before(then)
    return tuple(found)


def budget_state(forecast: Forecast, budget: float) -> BudgetState:
    """Return how a month stands to its budget.

    Over: it is spent. On course to exceed: the forecast is above it. At risk: the band reaches
    above it. Within: it does not.
    """
    if forecast.spent >= budget:
        return "over"
    if forecast.month_end > budget:
        return "on course to exceed"
    return "at risk" if forecast.high > budget else "within"


def outlook(
    monthly: Sequence[float], months: int = OUTLOOK_MONTHS, *, first: Ahead | None = None
) -> tuple[Ahead, ...] | None:
    """Return the months ahead of whole months in a row, oldest first, of money or of tokens.

    `first` is what is known better of the first month ahead, such as its month-end forecast.

    On the log scale the last value plus the mean of the n monthly changes, which fades: h months
    ahead g × F with F = φ + … + φ^h. The variance is that of a sum of changes that resemble their
    neighbours by ρ, s² × (h + 2 Σ (h − k) ρ^k), and that of their mean, s² × F² ÷ n × (1 + ρ) ÷
    (1 − ρ). ρ is their correlation with the change before, corrected for how few there are
    (Kendall 1954). None with fewer than six months, or where one is not above 0.
    """
    from scipy.special import stdtrit

    if len(monthly) < LEAST_MONTHS or min(monthly) <= 0:
        return None
    logs = np.log(np.asarray(monthly, dtype=float))
    changes = np.diff(logs)
    n, growth = len(changes), float(changes.mean())
    variance, likeness = float(changes.var(ddof=1)), _likeness(changes - growth)
    quantile = float(stdtrit(n - 1, 0.9))
    found: list[Ahead] = []
    for steps in range(1, months + 1):
        faded = FADE * (1 - FADE**steps) / (1 - FADE)
        of_sum = steps + 2 * sum((steps - k) * likeness**k for k in range(1, steps))
        of_mean = faded**2 / n * (1 + likeness) / (1 - likeness)
        middle = float(logs[-1]) + growth * faded
        reach = quantile * sqrt(variance * (of_sum + of_mean))
        found.append(Ahead(steps, exp(middle), exp(middle - reach), exp(middle + reach)))
    return tuple(found) if first is None else _begun_with(first, found)


def _begun_with(first: Ahead, alone: Sequence[Ahead]) -> tuple[Ahead, ...] | None:
    """Return months ahead that begin with a given one and come back to what they were alone.

    The gap between the two fades; what the given one is less sure of stays. None where it is not
    above 0.
    """
    if first.expected <= 0:
        return None
    gap = log(first.expected / alone[0].expected)
    # The bands of the months alone are as far above as below, on the log scale.
    narrow = log(alone[0].high / alone[0].expected)
    ends = (
        log(first.expected / first.low) if first.low > 0 else inf,
        log(first.high / first.expected),
    )
    less_sure = [max(0.0, end**2 - narrow**2) for end in ends]
    found = [first]
    for ahead in alone[1:]:
        expected = ahead.expected * exp(gap * FADE ** (ahead.steps - 1))
        reach = log(ahead.high / ahead.expected)
        below, above = (sqrt(reach**2 + more) for more in less_sure)
        found.append(Ahead(ahead.steps, expected, expected * exp(-below), expected * exp(above)))
    return tuple(found)


def _likeness(apart: Array) -> float:
    """Return how much changes resemble the one before, from their distances to their mean."""
    squares = float(apart @ apart)
    if not squares:
        return 0.0
    seen = float(apart[1:] @ apart[:-1]) / squares
    least, most = LIKENESS
    return min(max(seen + (1 + 3 * seen) / len(apart), least), most)


def _days(daily: Mapping[date, float], as_of: date) -> Array | None:
    """Return the cost of every day up to `as_of`, newest first, nan where it is unknown."""
    known = [day for day in daily if day <= as_of]
    if not known:
        return None
    n = (as_of - min(known)).days + 1
    return np.asarray([daily.get(as_of - timedelta(days=back), np.nan) for back in range(n)])


def _weekdays(days: Array) -> tuple[Array, Array] | None:
    """Return mean and standard deviation of each weekday of the last 56 days.

    Days are newest first; place w is the weekday that follows w days after the newest.
    """
    usual = days[:USUAL_DAYS]
    if np.isfinite(usual).sum() < LEAST_DAYS:
        return None
    padded = np.full(USUAL_DAYS, np.nan)
    padded[: len(usual)] = usual
    by_weekday = padded.reshape(-1, WEEK)[:, ::-1]  # a week a row, oldest weekday first
    n = np.isfinite(by_weekday).sum(axis=0)
    if not n.all():
        return None
    means = np.nansum(by_weekday, axis=0) / n
    squares = np.nansum((by_weekday - means) ** 2, axis=0)
    # The newest day is 7 days before the one that is its weekday: roll it to place 0.
    return np.roll(means, 1), np.roll(np.sqrt(squares / np.maximum(n - 1, 1)), 1)


def _reach(days: Array, n_left: int, rest: float) -> float | None:
    """Return half the width of the band from past misses, None where too few spans are known."""
    from scipy.special import stdtrit

    if not n_left or rest <= 0:
        return 0.0
    misses: list[float] = []
    spans = max(0, len(days) - USUAL_DAYS) // n_left
    ahead = np.arange(1, n_left + 1) % WEEK
    # In whole weeks, so that the same weekdays are left as now or as near as can be.
    first = -(-n_left // WEEK) * WEEK
    for back in range(first, len(days) - USUAL_DAYS + 1, WEEK):
        weekdays = _weekdays(days[back:])
        came = days[back - n_left : back].sum()
        told = float(weekdays[0][ahead].sum()) if weekdays is not None else 0.0
        if told > 0 and np.isfinite(came):
            misses.append(float(came) / told - 1)
    if spans < LEAST_SPANS or len(misses) < LEAST_SPANS:
        return None
    freedom = min(spans, len(misses))
    return rest * float(stdtrit(freedom, 0.9)) * sqrt(sum(miss**2 for miss in misses) / len(misses))


def _month_after(as_of: date) -> list[date]:
    """Return the days of the month that the day after `as_of` is in."""
    first = (as_of + timedelta(days=1)).replace(day=1)
    return [first + timedelta(days=i) for i in range(monthrange(first.year, first.month)[1])]


def _month_before(as_of: date) -> date:
    """Return this day of the month before; the last one only where this one is the last."""
    is_last = as_of.day == monthrange(as_of.year, as_of.month)[1]
    end = as_of.replace(day=1) - timedelta(days=1)
    return end if is_last else end.replace(day=min(as_of.day, end.day - 1))
