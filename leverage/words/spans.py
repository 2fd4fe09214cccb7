"""Time as a person says it, and which two spans of it may be compared."""

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Final

from leverage.words.numbers import UNKNOWN

# Not calendar.month_name, which speaks the language of the machine.
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def month_name(month: str | None) -> str:
    """Say a month 'YYYY-MM': “October 2026”."""
    if month is None:
        return UNKNOWN
    year, number = month.split("-")
    return f"{_MONTHS[int(number) - 1]} {year}"


def period(first: str | None, last: str | None) -> str:
    """Say a run of months, both ends included: “May to October 2026”."""
    if first is None or last is None:
        return UNKNOWN
    if first == last:
        return month_name(last)
    start = month_name(first)
    return f"{start.split()[0] if first[:4] == last[:4] else start} to {month_name(last)}"


def days(first: date | str | None, last: date | str | None) -> str:
    """Say a run of days, both ends included: “27 May to 26 June 2026”, “1 to 26 June 2026”."""
    if first is None or last is None:
        return UNKNOWN
    start, end = _day(first), _day(last)
    if start == end:
        return _day_name(end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {_day_name(end)}"
    if start.year == end.year:
        return f"{start.day} {_MONTHS[start.month - 1]} to {_day_name(end)}"
    return f"{_day_name(start)} to {_day_name(end)}"


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _day_name(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


@dataclass(frozen=True)
class Span:
    """A run of days, both ends included; `whole` where it starts and ends with a month."""

    first: date
    last: date

    @classmethod
    def of_months(cls, first: str, last: str) -> "Span":
        """Return the span of whole months 'YYYY-MM', both ends included."""
        year, month = (int(part) for part in last.split("-"))
        return cls(
            date.fromisoformat(f"{first}-01"),
            date(year, month, calendar.monthrange(year, month)[1]),
        )

    @property
    def whole(self) -> bool:
        """Say whether the span is made of whole months."""
        ends = calendar.monthrange(self.last.year, self.last.month)[1]
        return self.first.day == 1 and self.last.day == ends

    @property
    def months(self) -> int:
        """Count the calendar months the span touches."""
        years = self.last.year - self.first.year
        return years * 12 + self.last.month - self.first.month + 1

    @property
    def name(self) -> str:
        """Name the span: “October 2026”, “May to October 2026”, “1 to 26 June 2026”."""
        if self.whole:
            return period(f"{self.first:%Y-%m}", f"{self.last:%Y-%m}")
        return days(self.first, self.last)

    @property
    def when(self) -> str:
        """Say when: “in October 2026”, “in the 6 months to October 2026”, “from 1 to 26 June”."""
        if not self.whole:
            return f"{'on' if self.first == self.last else 'from'} {self.name}"
        if self.months == 1:
            return f"in {self.name}"
        return f"in the {self.months} months to {month_name(f'{self.last:%Y-%m}')}"

    def comparable(self, other: "Span") -> bool:
        """Say whether two spans are of one length: as many whole months, or as many days."""
        if self.whole and other.whole:
            return self.months == other.months
        if self.whole or other.whole:
            return False
        return self.last - self.first == other.last - other.first


@dataclass(frozen=True)
class Window:
    """What a page shows and what it is compared with; `earlier` is None where nothing is."""

    span: Span
    earlier: Span | None = None

    @property
    def compared(self) -> Span | None:
        """Return the earlier span where the two may be compared."""
        if self.earlier is None or not self.span.comparable(self.earlier):
            return None
        return self.earlier

    @property
    def why_not(self) -> str:
        """Say why nothing is compared, as a clause."""
        whole_month = self.span.whole and self.span.months == 1
        if not self.span.whole:
            if self.span.months == 1 and self.span.first.day == 1:
                month = month_name(f"{self.span.last:%Y-%m}")
                return f"{month} is not complete, so it is not compared with a whole month"
            return "these days are no whole month, so they are not compared with one"
        if self.earlier is None:
            return f"no earlier {'month' if whole_month else 'period'} is loaded to compare with"
        return f"{self.earlier.name} is not as long, so the two are not compared"
