"""Days that stand out from their own weekday, by median and MAD with floors, and their drivers."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from statistics import median
from typing import Final, Literal

from leverage.stats.spread import MAD_TO_DEVIATION

FLOORS: Final = Path(__file__).parents[2] / "data" / "reference" / "anomaly_floors.csv"
WEEKS: Final = 8
"""The 56 days before a day hold eight of its weekday."""
Rule = Literal["cost", "active_people"]
Daily = Mapping[date, float]


@dataclass(frozen=True)
class Floors:
    """What a day must reach: all of it."""

    least_deviations: float
    least_difference: float
    least_ratio: float
    least_days: float


@dataclass(frozen=True)
class Anomaly:
    """A day that stands out, with what was usual: the median of its weekday before.

    `deviations` is how many robust standard deviations it lies away, None where such days were all
    alike. `n` is how many of them were known.
    """

    day: date
    value: float
    usual: float
    deviations: float | None
    n: int

    @property
    def difference(self) -> float:
        """Return how far above the usual the day was, below 0 where it was lower."""
        return self.value - self.usual


@dataclass(frozen=True)
class Driver:
    """The part that moved most in the direction of the day, with what was usual of it."""

    name: str
    value: float
    usual: float

    @property
    def difference(self) -> float:
        """Return how far above its usual the part was, below 0 where it was lower."""
        return self.value - self.usual


@cache
def floors(rule: Rule) -> Floors:
    """Return the floors of a rule, proposals until a company decides."""
    with FLOORS.open(encoding="utf-8", newline="") as file:
        rows = {row["floor"]: row for row in csv.DictReader(file) if row["rule"] == rule}
    return Floors(**{floor: float(row["value"]) for floor, row in rows.items()})


def anomalies(daily: Daily, rule: Rule = "cost", limits: Floors | None = None) -> list[Anomaly]:
    """Return the days that stand out, oldest first.

    `daily` holds every day that is covered, 0 where there was nothing; a day that is not in it is
    unknown. A day of cost c stands out where c − m ≥ 3.5 × 1.4826 × MAD, c − m ≥ 10 and c ≥ 1.2 m,
    m being the median and MAD the median absolute deviation of its weekday in the 56 days before;
    where the MAD is 0 the last two decide. Active people stand out where they are as far below it.
    """
    least = floors(rule) if limits is None else limits
    sign = 1 if rule == "cost" else -1
    found: list[Anomaly] = []
    for day in sorted(daily):
        before = _weekdays_before(daily, day)
        if len(before) < least.least_days:
            continue
        usual = median(before)
        deviation = MAD_TO_DEVIATION * median(abs(value - usual) for value in before)
        value, away = daily[day], sign * (daily[day] - usual)
        more, less = (value, usual) if rule == "cost" else (usual, value)
        if (
            away >= least.least_difference
            and more >= least.least_ratio * less
            and away >= least.least_deviations * deviation
        ):
            deviations = away / deviation if deviation else None
            found.append(Anomaly(day, value, usual, deviations, len(before)))
    return found


def driver(anomaly: Anomaly, daily: Daily, by_part: Mapping[str, Daily]) -> Driver | None:
    """Return the part that moved most the way an anomaly did, None where none moved that way.

    `daily` is what the anomaly was found in; on a day that it covers, a part without a value had
    none. Each part is held against its own weekday before.
    """
    days = [day for day in _days_before(anomaly.day) if day in daily]
    sign = 1 if anomaly.difference > 0 else -1
    parts = [
        Driver(name, part.get(anomaly.day, 0.0), median(part.get(day, 0.0) for day in days))
        for name, part in by_part.items()
    ]
    most = max(parts, key=lambda part: sign * part.difference, default=None)
    return most if most is not None and sign * most.difference > 0 else None


def _weekdays_before(daily: Daily, day: date) -> list[float]:
    return [daily[before] for before in _days_before(day) if before in daily]


def _days_before(day: date) -> list[date]:
    return [day - timedelta(weeks=weeks) for weeks in range(1, WEEKS + 1)]
