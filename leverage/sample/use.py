"""How much is used when, with which model and at what price; every draw has its own seeded stream.

The months before and after a month never change it: a stream is named by company, kind and month,
so a file holds the same bytes in a window of three months and in one of twenty-four.
"""

import calendar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from typing import NamedTuple

from leverage.sample.companies import PLANTED

EPOCH = "2024-11"
"""The month in which every company's growth starts from 1."""

MILLION = Decimal(1_000_000)
MONTH_FACTOR = {8: 0.66, 12: 0.74}
HOLIDAYS = {(12, 24), (12, 25), (12, 26), (12, 31), (1, 1)}
SUCCESSION = (0.2, 0.55, 0.8)
"""Share of a line's newest model in its first months; 0.94 after that, so the old one lingers."""


def stream(*parts: str) -> Random:
    """Return the generator of one named part of the sample, equal on every machine and run."""
    return Random("leverage sample|" + "|".join(parts))


def shift(month: str, months: int) -> str:
    """Return the month so many months later (or earlier), as 'YYYY-MM'."""
    count = int(month[:4]) * 12 + int(month[5:]) - 1 + months
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


def months_since(month: str, start: str) -> int:
    """Return how many months `month` lies after `start`; negative before it."""
    return (int(month[:4]) - int(start[:4])) * 12 + int(month[5:]) - int(start[5:])


def days_of(month: str) -> list[date]:
    """Return every day of a month."""
    year, number = int(month[:4]), int(month[5:])
    return [date(year, number, day + 1) for day in range(calendar.monthrange(year, number)[1])]


def season(day: date) -> float:
    """Return how much of a full working day's use falls on this day, 0 to 1."""
    if (day.month, day.day) in HOLIDAYS:
        return 0.05
    weekday = 0.07 if day.weekday() >= 5 else 0.92 if day.weekday() == 4 else 1.0
    return weekday * MONTH_FACTOR.get(day.month, 1.0)


@dataclass(frozen=True)
class Price:
    """Invented, list-like US dollars for one million tokens of each part."""

    uncached: Decimal
    cache_read: Decimal
    cache_write: Decimal
    output: Decimal


def _price(uncached: str, cache_read: str, cache_write: str, output: str) -> Price:
    return Price(Decimal(uncached), Decimal(cache_read), Decimal(cache_write), Decimal(output))


PRICES = {
    "gpt-4o": _price("2.50", "1.25", "0", "10"),
    "gpt-4o-mini": _price("0.15", "0.075", "0", "0.60"),
    "gpt-5": _price("1.25", "0.125", "0", "10"),
    "gpt-5-mini": _price("0.25", "0.025", "0", "2"),
    "claude-3-5-sonnet-20241022": _price("3", "0.30", "3.75", "15"),
    "claude-sonnet-4-5-20250929": _price("3", "0.30", "3.75", "15"),
    "claude-sonnet-5": _price("2", "0.20", "2.50", "10"),
    "claude-3-5-haiku-20241022": _price("0.80", "0.08", "1", "4"),
    "claude-haiku-4-5-20251001": _price("1", "0.10", "1.25", "5"),
    "claude-opus-4-5": _price("5", "0.50", "6.25", "25"),
    "gemini-2.0-flash": _price("0.10", "0.025", "0", "0.40"),
    "gemini-2.5-flash": _price("0.30", "0.03", "0", "2.50"),
    "mistral-large-latest": _price("2", "0.20", "0", "6"),
    "composer-1": _price("1.25", "0.125", "1.25", "10"),
}

LINES = {
    "gpt": (("2024-01", "gpt-4o"), ("2025-09", "gpt-5")),
    "gpt-small": (("2024-01", "gpt-4o-mini"), ("2025-09", "gpt-5-mini")),
    "sonnet": (
        ("2024-01", "claude-3-5-sonnet-20241022"),
        ("2025-10", "claude-sonnet-4-5-20250929"),
        (PLANTED.new_model_month, PLANTED.new_model),
    ),
    "haiku": (("2024-01", "claude-3-5-haiku-20241022"), ("2025-11", "claude-haiku-4-5-20251001")),
    "gemini": (("2024-01", "gemini-2.0-flash"), ("2025-07", "gemini-2.5-flash")),
    "mistral": (("2024-01", "mistral-large-latest"),),
    "composer": (("2024-01", "composer-1"),),
}
"""The models of one line in the order they appear: first month, then the id the vendor prints."""


def price(model: str, day: date) -> Price:
    """Return the price of a model on a day, with the planted cut from its date on."""
    listed = PRICES[model]
    if model != PLANTED.price_cut_model or day < PLANTED.price_cut_date:
        return listed
    cut = PLANTED.price_cut_factor
    return Price(
        listed.uncached * cut,
        listed.cache_read * cut,
        listed.cache_write * cut,
        listed.output * cut,
    )


def model_of(line: str, month: str, company: str, random: Random) -> str:
    """Draw the model one use of a line took; a new model takes over within a few months."""
    chosen = ""
    for first_month, name in LINES[line]:
        if name == PLANTED.new_model and company not in PLANTED.new_model_companies:
            continue
        age = months_since(month, first_month)
        if age < 0:
            break
        share = SUCCESSION[age] if age < len(SUCCESSION) else 0.94
        if not chosen or random.random() < share:
            chosen = name
    return chosen


class Work(NamedTuple):
    """The shape of a sort of work: tokens of each part for one uncached input token."""

    cache_read: float
    cache_write: float
    output: float
    tokens_per_request: int


CHAT = Work(0.7, 0.0, 0.32, 2_500)
AGENT = Work(10.5, 0.9, 0.2, 2_500)
PROGRAM = Work(2.4, 0.25, 0.17, 9_000)


class Tokens(NamedTuple):
    """Disjoint token parts of one row, and the requests behind them."""

    uncached: int
    cache_read: int
    cache_write: int
    output: int
    requests: int

    @property
    def total(self) -> int:
        """Return all tokens of the row."""
        return self.uncached + self.cache_read + self.cache_write + self.output


def draw(random: Random, uncached: float, work: Work, *, writes_cache: bool = True) -> Tokens:
    """Draw one row's tokens around a size; vendors that never report cache writes get none."""
    size = max(40.0, uncached * random.lognormvariate(-0.1, 0.45))
    write = work.cache_write if writes_cache else 0.0
    return Tokens(
        int(size),
        int(size * work.cache_read * random.uniform(0.75, 1.25)),
        int(size * write * random.uniform(0.75, 1.25)),
        int(size * work.output * random.uniform(0.75, 1.25)),
        1 + int(size / work.tokens_per_request),
    )


def cost_usd(model: str, day: date, tokens: Tokens) -> Decimal:
    """Return list price × tokens in US dollars, exact."""
    listed = price(model, day)
    return (
        listed.uncached * tokens.uncached
        + listed.cache_read * tokens.cache_read
        + listed.cache_write * tokens.cache_write
        + listed.output * tokens.output
    ) / MILLION
