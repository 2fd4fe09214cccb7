"""One company in one month: what every vendor's file of that month is drawn from."""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random
from typing import NamedTuple

from leverage.sample.companies import Plan, Program, Tool
from leverage.sample.people import Person, Row, active_days
from leverage.sample.use import (
    EPOCH,
    PROGRAM,
    Tokens,
    Work,
    days_of,
    draw,
    model_of,
    months_since,
    season,
    stream,
)

CENT = Decimal("0.01")

NEWER_COLUMNS_FROM = "2026-01"
"""First month in which the files of OpenAI and Anthropic carry the columns they have grown."""

DISPLAY_NAMES = {
    "gpt-4o": "GPT-4o",
    "gpt-5": "GPT-5",
    "claude-3-5-sonnet-20241022": "Claude 3.5 Sonnet",
    "claude-3-5-haiku-20241022": "Claude 3.5 Haiku",
    "claude-sonnet-4-5-20250929": "Claude Sonnet 4.5",
    "claude-haiku-4-5-20251001": "Claude Haiku 4.5",
    "claude-sonnet-5": "Claude Sonnet 5",
}
"""Names that consoles and bills print where a usage file prints the id."""


@dataclass(frozen=True)
class Desk:
    """One company in one month; `drawn` keeps who used which kind of tool once it is drawn."""

    plan: Plan
    people: list[Person]
    month: str
    scale: float
    drawn: "dict[str, list[PersonDay]]" = field(default_factory=dict, compare=False, repr=False)

    @property
    def growth(self) -> float:
        """Return how much more a person or program takes per day than at the epoch."""
        return self.plan.growth ** months_since(self.month, EPOCH)

    def stream(self, part: str) -> Random:
        """Return the seeded generator of one part of this company's month."""
        return stream(self.plan.slug, part, self.month)

    def tool(self, kind: str) -> Tool:
        """Return the people's tool that a kind of export belongs to."""
        return next(tool for tool in self.plan.tools if tool.kind == kind)


class PersonDay(NamedTuple):
    """One person's use of a tool on one day."""

    day: date
    person: Person
    model: str
    tokens: Tokens


class ProgramDay(NamedTuple):
    """One program's use on one day."""

    day: date
    program: Program
    model: str
    tokens: Tokens


def person_days(desk: Desk, kind: str, work: Work) -> list[PersonDay]:
    """Return who used a tool on which day, person by person, days ascending; drawn once."""
    if kind not in desk.drawn:
        desk.drawn[kind] = list(_drawn(desk, kind, work))
    return desk.drawn[kind]


def _drawn(desk: Desk, kind: str, work: Work) -> Iterator[PersonDay]:
    tool = desk.tool(kind)
    random = desk.stream(kind)
    for person in desk.people:
        for day in active_days(desk.plan, tool, person, desk.month, random):
            line = random.choice(tool.lines)
            model = model_of(line, desk.month, desk.plan.company.name, random)
            size = tool.tokens_per_day * person.appetite * desk.growth
            writes = model.startswith(("claude", "composer"))
            yield PersonDay(day, person, model, draw(random, size, work, writes_cache=writes))


def program_days(desk: Desk, vendor: str) -> Iterator[ProgramDay]:
    """Draw the use of every program of a vendor, days ascending; equal at every call."""
    random = desk.stream(f"{vendor} programs")
    for day in days_of(desk.month):
        for program in desk.plan.programs:
            if program.vendor != vendor or (day.weekday() >= 5 and not program.weekends):
                continue
            model = model_of(program.line, desk.month, desk.plan.company.name, random)
            load = 0.35 + 0.65 * season(day)
            size = program.tokens_per_day * desk.growth * load * desk.scale
            writes = vendor == "Anthropic"
            yield ProgramDay(day, program, model, draw(random, size, PROGRAM, writes_cache=writes))


def account_of(plan: Plan, vendor: str) -> str:
    """Return the invented name of a company's account with a vendor."""
    prefix = {"OpenAI": "org-", "Anthropic": "org-", "ChatGPT": "acc-", "AWS": "billing-"}
    suffix = {"Cursor": "-team", "LiteLLM": "-gateway"}
    return f"{prefix.get(vendor, '')}{plan.slug}{suffix.get(vendor, '')}"


def printed_email(person: Person, day: date) -> str:
    """Return the address as a vendor prints it: some people's comes in other case on odd days."""
    return person.email.title() if person.number % 17 == 5 and day.day % 2 else person.email


def digest(*parts: str) -> str:
    """Return a hexadecimal name such as vendors give to keys and accounts."""
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()


def number(value: Decimal, places: int = 9) -> str:
    """Write a decimal without trailing zeros."""
    return f"{value:.{places}f}".rstrip("0").rstrip(".")


def columns(header: str) -> list[str]:
    """Return the column names of a header line as the vendor prints it."""
    return header.split(",")


def csv_text(
    header: list[str], rows: Iterable[Row], *, quote_all: bool = False, bom: bool = False
) -> str:
    """Return a CSV file's text; a cell a row does not name is blank.

    Some vendors quote every cell or start with a byte-order mark. What a row holds beyond the
    header is left out: older files lack columns that newer ones have.
    """
    text = io.StringIO()
    writer = csv.DictWriter(
        text,
        header,
        restval="",
        extrasaction="ignore",
        lineterminator="\n",
        quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL,
    )
    writer.writeheader()
    writer.writerows(rows)
    return ("\ufeff" if bom else "") + text.getvalue()
