"""Published figures and patterns that ship with the product, each with where it comes from.

The tables stand in data/reference, one CSV each beside its `.meta.yml`. They are read once and do
not change while the program runs.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

FOLDER: Final = Path(__file__).parents[1] / "data" / "reference"


@dataclass(frozen=True)
class Fact:
    """One published figure. `metric` names the metric of ours that means the same, if any does.

    `value`, `low` and `high` are in `unit`; `date` is 'YYYY-MM', or 'YYYY' where no more is known;
    `grade` is A (official or reviewed) to D (press, leak, statement); `seen` says whether it was
    read where it was published (primary) or elsewhere (secondary).
    """

    name: str
    topic: str
    measure: str
    value: float
    low: float | None
    high: float | None
    unit: str
    metric: str | None
    population: str
    n: str
    period: str
    date: str
    design: str
    source: str
    url: str
    grade: str
    seen: str
    caveat: str


@dataclass(frozen=True)
class Adoption:
    """The share of firms in a group that use AI, in per cent, by one definition."""

    definition: str
    measure: str
    group: str
    low: float
    high: float
    unit: str
    population: str
    period: str
    date: str
    source: str
    url: str
    grade: str
    seen: str


@dataclass(frozen=True)
class Member:
    """A company of the trillion-token list: no place, no count. `sector` is a key of `sectors`."""

    company: str
    field: str
    sector: str
    type: str
    is_reseller: bool
    seen: str


@dataclass(frozen=True)
class Pattern:
    """One kind of work that a sector or role is known for, and the class of work it belongs to.

    `key` names the sector or role. The lists have no shares.
    """

    key: str
    label: str
    workload_class: str
    work: str


@dataclass(frozen=True)
class Effect:
    """What one study found that AI saves, as reported and as the share of time saved that it is.

    `value`, `low` and `high` are in `unit`. `time_saving` is a share of `share_of` (“task time” or
    “work hours”), less than 0 where time was lost. `date`, `grade` and `seen` are those of a Fact.
    """

    name: str
    role: str
    measure: str
    value: float
    low: float | None
    high: float | None
    unit: str
    time_saving: float
    time_saving_low: float | None
    time_saving_high: float | None
    share_of: str
    is_preset: bool
    population: str
    n: str
    date: str
    design: str
    source: str
    url: str
    grade: str
    seen: str
    caveat: str


@dataclass(frozen=True)
class Rung:
    """One rung of the evidence ladder: a design, and what share of a gain it puts down to AI."""

    name: str
    design: str
    low: float
    mode: float
    high: float
    reason: str


@dataclass(frozen=True)
class Default:
    """A range that holds until a company has one of its own, in `unit`, with why."""

    name: str
    label: str
    low: float
    mode: float
    high: float
    unit: str
    source: str
    grade: str
    reason: str


@dataclass(frozen=True)
class Described:
    """What a table says of itself."""

    title: str
    meaning: str
    caveat: str
    source: str
    date: str
    licence: str


@cache
def facts() -> tuple[Fact, ...]:
    """Return every published figure that may be shown, in the order of the table."""
    return tuple(
        Fact(
            name=row["fact"],
            topic=row["topic"],
            measure=row["measure"],
            value=float(row["value"]),
            low=_number(row["low"]),
            high=_number(row["high"]),
            unit=row["unit"],
            metric=row["metric"] or None,
            population=row["population"],
            n=row["n"],
            period=row["period"],
            date=row["date"],
            design=row["design"],
            source=row["source"],
            url=row["url"],
            grade=row["grade"],
            seen=row["seen"],
            caveat=row["caveat"],
        )
        for row in _rows("facts")
    )


def facts_of(metric: str) -> tuple[Fact, ...]:
    """Return the published figures whose definition is that of a metric of ours."""
    return tuple(fact for fact in facts() if fact.metric == metric)


def context(*topics: str) -> tuple[Fact, ...]:
    """Return the published figures of some topics that no metric of ours means the same as."""
    return tuple(fact for fact in facts() if fact.metric is None and fact.topic in topics)


@cache
def adoption() -> tuple[Adoption, ...]:
    """Return the shares of firms that use AI; rows compare within one definition only."""
    return tuple(
        Adoption(**{**row, "low": float(row["low"]), "high": float(row["high"])})  # type: ignore[arg-type]
        for row in _rows("sector_adoption")
    )


@cache
def trillion_club() -> tuple[Member, ...]:
    """Return the companies of the trillion-token list, by name: the list has no order."""
    return tuple(
        Member(
            company=row["company"],
            field=row["field"],
            sector=row["sector"],
            type=row["type"],
            is_reseller=row["is_reseller"] == "true",
            seen=row["seen"],
        )
        for row in _rows("trillion_club")
    )


@cache
def sectors() -> dict[str, str]:
    """Return the label of each sector by its key."""
    return {row["sector"]: row["label"] for row in _rows("sectors")}


@cache
def sector_patterns() -> dict[str, tuple[Pattern, ...]]:
    """Return what each sector is known to use AI for, by its key; `other` has no pattern."""
    labels = sectors()
    rows = [
        Pattern(row["sector"], labels[row["sector"]], row["workload_class"], row["work"])
        for row in _rows("sector_patterns")
    ]
    return _by_key(rows)


@cache
def role_patterns() -> dict[str, tuple[Pattern, ...]]:
    """Return what each group of roles is known to use AI for, by its key."""
    rows = [
        Pattern(row["role"], row["label"], row["workload_class"], row["work"])
        for row in _rows("role_patterns")
    ]
    return _by_key(rows)


@cache
def roi_effects() -> tuple[Effect, ...]:
    """Return what studies found that AI saves, in the order of the table."""
    return tuple(
        Effect(
            name=row["effect"],
            role=row["role"],
            measure=row["measure"],
            value=float(row["value"]),
            low=_number(row["low"]),
            high=_number(row["high"]),
            unit=row["unit"],
            time_saving=float(row["time_saving"]),
            time_saving_low=_number(row["time_saving_low"]),
            time_saving_high=_number(row["time_saving_high"]),
            share_of=row["share_of"],
            is_preset=row["is_preset"] == "yes",
            population=row["population"],
            n=row["n"],
            date=row["date"],
            design=row["design"],
            source=row["source"],
            url=row["url"],
            grade=row["grade"],
            seen=row["seen"],
            caveat=row["caveat"],
        )
        for row in _rows("roi_effects")
    )


@cache
def evidence_ladder() -> tuple[Rung, ...]:
    """Return the rungs of the evidence ladder, the strongest design first."""
    return tuple(
        Rung(
            name=row["rung"],
            design=row["design"],
            low=float(row["low"]),
            mode=float(row["mode"]),
            high=float(row["high"]),
            reason=row["reason"],
        )
        for row in _rows("evidence_ladder")
    )


@cache
def roi_defaults() -> tuple[Default, ...]:
    """Return the ranges that a return starts from where a company has none of its own."""
    return tuple(
        Default(
            name=row["assumption"],
            label=row["label"],
            low=float(row["low"]),
            mode=float(row["mode"]),
            high=float(row["high"]),
            unit=row["unit"],
            source=row["source"],
            grade=row["grade"],
            reason=row["reason"],
        )
        for row in _rows("roi_defaults")
    )


@cache
def described(table: str) -> Described:
    """Return what a reference table says of itself, from its `.meta.yml`."""
    path = FOLDER / f"{table}.meta.yml"
    meta: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Described(
        title=meta["title"],
        meaning=" ".join(meta["meaning"].split()),
        caveat=meta.get("caveat", ""),
        source=meta["source"],
        date=str(meta["date"]),
        licence=meta["licence"],
    )


def _rows(table: str) -> list[dict[str, str]]:
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _number(text: str) -> float | None:
    return float(text) if text else None


def _by_key(rows: list[Pattern]) -> dict[str, tuple[Pattern, ...]]:
    keys = dict.fromkeys(row.key for row in rows)
    return {key: tuple(row for row in rows if row.key == key) for key in keys}
