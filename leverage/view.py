"""The view: filters, comparison, token basis, currency and data version, as links carry them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self
from urllib.parse import urlencode

from leverage.errors import QuestionUnknown
from leverage.store import Pin

COMPARISONS = {
    "previous": "Previous period",
    "year": "Same period last year",
    "target": "The company's targets",
    "benchmark": "Median of the other companies",
    "none": "No comparison",
}
BASES = {"weighted": "Price-weighted", "fresh": "Fresh", "raw": "Raw"}
# The filters that take several values, under the name their URL key has.
COMPANY_TRAITS = ("company", "sector", "origin", "size")
LISTS = (*COMPANY_TRAITS, "department", "role", "vendor", "model", "workload")
PEOPLE = ("department", "role")
KEYS = ("months", "compare", *LISTS, "tokens", "currency", "version")
USD = "USD"
TREND_MONTHS = 24
TABS = ("adoption_tabs", "leverage_tabs", "cost_tabs", "roi_tabs", "sectors_tabs")
"""Which tab a link opens."""
TRIED = {
    "what_if_seats": (-90, 100),
    "what_if_price": (-90, 100),
    "what_if_adoption": (-90, 100),
    "what_if_realisation": (0, 100),
}
"""What a link tries on “Does it pay?”, in percent, with its bounds. It changes no answer, so that
it is no part of the view by which answers are kept."""


def shift(month: str, by: int) -> str:
    """Return the month `by` months after one written 'YYYY-MM'."""
    count = int(month[:4]) * 12 + int(month[5:7]) - 1 + by
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


def span(first: str, last: str) -> int:
    """Return how many months lie from the first to the last, both included."""
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7]) + 1


@dataclass(frozen=True)
class View:
    """What a link holds. Empty lists and None mean no filter, or the page's default."""

    months: tuple[str, str] | None = None
    compare: str = "previous"
    tokens: str = "weighted"
    currency: str = USD
    company: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    size: tuple[str, ...] = ()
    department: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    vendor: tuple[str, ...] = ()
    model: tuple[str, ...] = ()
    workload: tuple[str, ...] = ()
    version: str | None = None

    @property
    def is_people(self) -> bool:
        """Tell whether something about people is filtered."""
        return bool(self.department or self.role)

    @property
    def is_by_use(self) -> bool:
        """Tell whether use is filtered by what it was: vendors, models or kinds of work."""
        return bool(self.vendor or self.model or self.workload)

    @property
    def is_without_seats(self) -> bool:
        """Tell whether use is filtered by what seats have none of: models or kinds of work."""
        return bool(self.model or self.workload)

    @property
    def is_narrowed(self) -> bool:
        """Tell whether something inside companies is filtered: people, vendors, models or work."""
        return self.is_people or self.is_by_use

    @property
    def describes_companies(self) -> bool:
        """Tell whether companies are filtered by what they are, beside or instead of by name."""
        return bool(self.sector or self.origin or self.size)

    def query(self) -> str:
        """Return the query string that gives exactly this view, every value written out."""
        pairs: list[tuple[str, str]] = []
        if self.months is not None:
            pairs += [("months", month) for month in self.months]
        pairs += [(name, getattr(self, name)) for name in ("compare", "tokens", "currency")]
        for name in LISTS:
            pairs += [(name, value) for value in getattr(self, name)]
        if self.version is not None:
            pairs.append(("version", self.version))
        return urlencode(pairs)

    def with_version(self, pin: Pin) -> Self:
        """Return the view pinned to a data version."""
        return replace(self, version=str(pin))


@dataclass(frozen=True)
class Asked:
    """A view as it was asked for, and what of it could not be had, in words."""

    view: View
    problems: tuple[str, ...] = field(default=())


def read(
    asked: Mapping[str, Iterable[str]],
    months: Iterable[str],
    values: Mapping[str, Iterable[str]],
) -> Asked:
    """Read raw query parameters against what there is; what cannot be had is named, never widened.

    `months` are the months that hold data, `values` the values of each list filter and of the
    currency. An unknown value of a list filter stays in the view, so that it shows nothing rather
    than everything.
    """
    problems: list[str] = []
    known_months = sorted(months)
    chosen: dict[str, Any] = {}
    for key in asked:
        if key not in (*KEYS, *TABS, *TRIED, "embed", "embed_options"):
            problems.append(f"“{key}” is no filter of this page; it changes nothing")
    problems += _not_tried(asked)
    wanted = [part for text in asked.get("months", ()) for part in text.split("..")]
    if wanted:
        bad = [month for month in wanted if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month)]
        if bad or len(wanted) > 2:
            problems.append(f"“{' to '.join(wanted)}” is no range of months; the default is shown")
        else:
            first, last = min(wanted), max(wanted)
            chosen["months"] = (first, last)
            missing = [month for month in (first, last) if month not in known_months]
            if missing:
                problems.append(f"There is no data of {' and '.join(sorted(set(missing)))}")
    for key, known in (("compare", COMPARISONS), ("tokens", BASES)):
        for value in asked.get(key, ()):
            if value in known:
                chosen[key] = value
            else:
                problems.append(f"“{value}” is not a choice of {key}; the default is shown")
    for value in asked.get("currency", ()):
        if value in (USD, *values.get("currency", ())):
            chosen["currency"] = value
        else:
            problems.append(f"No exchange rate of “{value}” is loaded; amounts are in US dollars")
    for name in LISTS:
        given = tuple(dict.fromkeys(asked.get(name, ())))
        unknown = [value for value in given if value not in set(values.get(name, ()))]
        if given:
            chosen[name] = given
        alone = " that can be shown alone" if name in PEOPLE else ""
        problems += [f"There is no {name} “{value}” in this data{alone}" for value in unknown]
    pins = list(asked.get("version", ()))
    if pins:
        chosen["version"] = pins[-1]
    return Asked(View(**chosen), tuple(problems))


def _not_tried(asked: Mapping[str, Iterable[str]]) -> list[str]:
    """Say which of the values to be tried no slider has."""
    return [
        f"“{value}” is nothing that {key} can try: {low} to {high} percent"
        for key, (low, high) in TRIED.items()
        for value in asked.get(key, ())
        if not re.fullmatch(r"-?\d{1,3}", value) or not low <= int(value) <= high
    ]


def pinned(version: str | None, store_id: str, newest: int, oldest: int) -> int:
    """Return the data version a view asks for, the newest where it asks for none.

    A pin of another store, or of a version that is not there, is refused and opens nothing else.
    """
    if version is None:
        return newest
    pin = Pin.parse(version)
    if pin is None:
        raise QuestionUnknown(
            title=f"“{version}” is not a data version",
            found="A version is written as the link had it, for example 1a2b3c4d-7",
            next_step="Open the newest data",
        )
    if pin.store_id != store_id:
        raise QuestionUnknown(
            title="This link belongs to other data",
            found=f"It was made on store {pin.store_id}; this is {store_id}. A link made on the "
            "sample data ends here once real data are loaded",
            next_step="Open the newest data",
        )
    if pin.number > newest or pin.number < oldest:
        reason = "is no longer kept" if pin.number < oldest else "does not exist"
        raise QuestionUnknown(
            title=f"Data version {pin.number} {reason}",
            found=f"Versions {oldest} to {newest} are kept",
            next_step="Open the newest data",
        )
    return pin.number
