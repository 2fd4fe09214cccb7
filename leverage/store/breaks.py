"""Where the files of one kind change what they hold, and where another source begins to count.

Such a break explains a step in a trend that is no change of use. It is worked out from the log of
loads in effect and from what counts in each month, anew at every change: an undo takes its breaks
along, a corrected file moves them, and it does not matter in which order months are loaded.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import polars as pl

from leverage import queries

MOST_COLUMNS_NAMED = 3
HEADER = "columns"
FIELDS = {
    "credit_unit": "the unit is",
    "currency": "the currency is",
    "token_basis": "tokens are",
    "cost_basis": "cost is",
}
"""What numbers stand for, in the order in which a reader should hear of it."""
VALUES = {
    "reported": "reported by the vendor",
    "derived": "derived from other counts",
    "total_only": "given as totals only",
    "billed": "billed",
    "vendor_estimate": "estimated by the vendor",
    "list_price": "at list price",
    "covered_by_plan": "covered by a plan",
}

_Account = tuple[str, str]
"""A family of accounts and an account of it."""
_Source = tuple[str, bool]
"""A kind, and whether all is counted from it."""


@dataclass(frozen=True)
class Break:
    """From `day` on files of a kind hold something else; `load_id` is the load that brought it.

    `changes` names what changed: fields of FIELDS, or HEADER.
    """

    day: date
    company: str
    kind: str
    changes: tuple[str, ...]
    text: str
    load_id: int

    @property
    def vendor(self) -> str | None:
        """Return whose export it is, None where its rows name the vendor."""
        return _header(self.kind).get("vendor")


@dataclass(frozen=True)
class SourceChange:
    """From the month of `day` on the tokens or the cost of a vendor are counted from elsewhere.

    `measure` is 'tokens', 'cost', or 'source' where both have moved alike.
    """

    day: date
    company: str
    vendor: str
    measure: str
    text: str


@dataclass(frozen=True)
class _Piece:
    """What one load brought of one account. `columns` is None where its files state no header."""

    load_id: int
    first: date
    last: date
    columns: frozenset[str] | None
    values: Mapping[str, Mapping[str, tuple[date, date]]]


@dataclass(frozen=True)
class _Step:
    """What one field held from a day on, in one load."""

    load_id: int
    first: date
    held: frozenset[str]


def found(loads: Iterable[dict[str, Any]]) -> list[Break]:
    """Return every break among the loads in effect, as changes.in_effect gives them, by day."""
    said: dict[tuple[date, str, str], dict[str, dict[str, int]]] = {}
    for (company, kind, _), pieces in _pieces(loads).items():
        for change, day, text, load_id in _changes(pieces):
            texts = said.setdefault((day, company, kind), {}).setdefault(change, {})
            texts[text] = min(load_id, texts.get(text, load_id))
    breaks = []
    for (day, company, kind), by_change in sorted(said.items()):
        changes = tuple(change for change in (*FIELDS, HEADER) if change in by_change)
        parts = "; ".join(text for change in changes for text in sorted(by_change[change]))
        title = _header(kind)["title"]
        load_id = min(n for loads_of in by_change.values() for n in loads_of.values())
        breaks.append(Break(day, company, kind, changes, f"{title}: {parts}", load_id))
    return breaks


def of_sources(rows: Iterable[dict[str, Any]]) -> list[SourceChange]:
    """Return where other sources count than in the month before, by the main sources of each.

    `rows` are those of queries/changes/main_sources.sql, the oldest month first. An account is
    compared with itself; where no account of both months is the same, all their sources are.
    """
    held: dict[tuple[str, str], dict[str, dict[str, dict[_Account, _Source]]]] = {}
    for row in rows:
        by_measure = held.setdefault((row["company"], row["vendor"]), {})
        months = by_measure.setdefault(row["measure"], {})
        place = (row["family"], row["account"])
        months.setdefault(row["month"], {})[place] = (row["kind"], row["is_all"])
    changes = []
    for (company, vendor), by_measure in held.items():
        said: dict[tuple[str, str], list[str]] = {}
        for measure, months in sorted(by_measure.items()):
            for (_, before), (month, now) in pairwise(sorted(months.items())):
                text = _moved(before, now)
                if text is not None:
                    said.setdefault((month, text), []).append(measure)
        for (month, text), measures in sorted(said.items()):
            verb = "are" if "tokens" in measures else "is"
            sentence = f"{vendor}: {' and '.join(measures)} {verb} now counted {text}"
            measure = measures[0] if len(measures) == 1 else "source"
            day = date.fromisoformat(f"{month}-01")
            changes.append(SourceChange(day, company, vendor, measure, sentence))
    return changes


def as_events(
    breaks: Sequence[Break], sources: Sequence[SourceChange], declared: pl.DataFrame
) -> pl.DataFrame:
    """Return breaks as rows of the table `events`, whose columns are those of `declared`.

    They come from no line of a file, so `first_line` is NULL, which tells them from loaded events.
    """
    rows = [
        {
            "day": found.day,
            "company": found.company,
            "event_kind": "definition",
            "event": found.text,
            "vendor": found.vendor,
            "attrs": json.dumps({"kind": found.kind, "changes": found.changes}),
            "load_id": found.load_id,
        }
        for found in breaks
    ] + [
        {
            "day": change.day,
            "company": change.company,
            "event_kind": "source",
            "event": change.text,
            "vendor": change.vendor,
            "attrs": json.dumps({"changes": [f"{change.measure} counted"]}),
        }
        for change in sources
    ]
    empty = dict.fromkeys(declared.columns)
    return pl.DataFrame([{**empty, **row} for row in rows], schema=declared.schema)


def _header(kind: str) -> dict[str, Any]:
    """Return the header of a kind; one that people have described brings use, under its name."""
    known = queries.folder("exports").get(kind)
    return known.header if known else {"title": kind.partition(":")[2], "table": "usage"}


# ---- what was loaded ---------------------------------------------------------------------------


def _pieces(loads: Iterable[dict[str, Any]]) -> dict[tuple[str, str, str], list[_Piece]]:
    """Return what is in effect of every company, kind and account, by its first day."""
    found: dict[tuple[str, str, str], list[_Piece]] = {}
    for load in loads:
        if _header(load["kind"])["table"] != "usage":
            continue
        for account in {span.account for span in load["spans"]}:
            piece = _piece(load, account)
            if piece is not None:
                found.setdefault((load["company"], load["kind"], account), []).append(piece)
    return {
        source: sorted(
            (piece for piece in pieces if not _is_replaced(piece, pieces)),
            key=lambda piece: (piece.first, piece.load_id),
        )
        for source, pieces in found.items()
    }


def _piece(load: dict[str, Any], account: str) -> _Piece | None:
    """Return what a load brought of an account, None where the log of its time did not keep it."""
    files = [
        file
        for file in load["files"]
        if any(held == account for held, *_ in file["spans"]) and "meanings" in file
    ]
    if not files:
        return None
    spans = [span for span in load["spans"] if span.account == account]
    headers = [file["columns"] for file in files]
    values: dict[str, dict[str, tuple[date, date]]] = {field: {} for field in FIELDS}
    for file in files:
        for field, value, *ends in file["meanings"]:
            first, last = map(date.fromisoformat, ends)
            known = values[field].get(value, (first, last))
            values[field][value] = (min(first, known[0]), max(last, known[1]))
    return _Piece(
        load_id=load["n"],
        first=min(span.first for span in spans),
        last=max(span.last for span in spans),
        columns=None
        if None in headers
        else frozenset(name.lower() for header in headers for name in header),
        values=values,
    )


def _is_replaced(piece: _Piece, pieces: Sequence[_Piece]) -> bool:
    return any(
        other.load_id > piece.load_id and other.first <= piece.first and piece.last <= other.last
        for other in pieces
    )


# ---- what changed ------------------------------------------------------------------------------


def _changes(pieces: Sequence[_Piece]) -> Iterator[tuple[str, date, str, int]]:
    """Yield what changed in one account, the day, what to say of it and the load."""
    for field in FIELDS:
        steps = [step for piece in pieces for step in _steps(piece, field)]
        seen: frozenset[str] = frozenset()
        for before, now in zip([None, *steps], steps, strict=False):
            # A value that comes and goes from file to file is no new meaning; one that was never
            # there is, and so is one that takes the place of all others.
            if before is not None and (
                now.held - seen or (now.held != before.held and not now.held & before.held)
            ):
                said = _said(field, before.held, now.held, seen)
                yield field, now.first, said, now.load_id
            seen |= now.held
    headers = [
        _Step(piece.load_id, piece.first, piece.columns)
        for piece in pieces
        if piece.columns is not None
    ]
    for before, now in pairwise(headers):
        if now.held != before.held:
            yield HEADER, now.first, _header_said(before.held, now.held), now.load_id


def _steps(piece: _Piece, field: str) -> Iterator[_Step]:
    """Yield what a field held in a load; more than once where one value ends before another starts.

    A file of half a year can hold the old unit up to a day and the new one from then on.
    """
    held: set[str] = set()
    first, last = piece.first, piece.last
    for value, (starts, ends) in sorted(piece.values[field].items(), key=lambda item: item[1]):
        if held and starts > last:
            yield _Step(piece.load_id, first, frozenset(held))
            held, first = set(), starts
        last = max(last, ends) if held else ends
        held.add(value)
    yield _Step(piece.load_id, first, frozenset(held))


def _said(field: str, before: frozenset[str], now: frozenset[str], seen: frozenset[str]) -> str:
    """Say what a field stands for now, and what it stood for."""
    name = FIELDS[field]
    if not now:
        return f"{name} no longer stated"
    if now & before:
        return f"{name} also {_values(field, now - seen)}, beside {_values(field, before)}"
    return f"{name} now {_values(field, now)}, before {_values(field, before) or 'not stated'}"


def _values(field: str, values: frozenset[str]) -> str:
    if field == "credit_unit":
        return " and ".join(sorted(map(_unit, values)))
    return " and ".join(sorted(VALUES.get(value, value) for value in values))


def _unit(name: str) -> str:
    """Say a unit, which is named after its vendor: github_ai_credit is “AI credits”."""
    words = name.partition("_")[2].split("_") if "_" in name else [name]
    said = " ".join("AI" if word == "ai" else word for word in words)
    return f"{said.removesuffix('s')}s"


def _header_said(before: frozenset[str], now: frozenset[str]) -> str:
    parts = []
    for names, verb in ((now - before, "new"), (before - now, "gone")):
        if names:
            noun, is_or_are = ("column", "is") if len(names) == 1 else ("columns", "are")
            parts.append(f"{noun} {_named(sorted(names))} {is_or_are} {verb}")
    return ", ".join(parts)


def _named(names: Sequence[str]) -> str:
    shown = list(names[:MOST_COLUMNS_NAMED])
    if len(names) > MOST_COLUMNS_NAMED:
        shown.append(f"{len(names) - MOST_COLUMNS_NAMED} more")
    return " and ".join((", ".join(shown[:-1]), shown[-1]) if shown[1:] else shown)


# ---- what counts ---------------------------------------------------------------------------------


def _moved(before: Mapping[_Account, _Source], now: Mapping[_Account, _Source]) -> str | None:
    """Say from which sources accounts are counted now and were before; None where from the same.

    An account that is new or gone is no new source of the others.
    """
    shared = before.keys() & now.keys()
    if shared:
        moved = {place for place in shared if before[place][0] != now[place][0]}
        old, new = ({held[place] for place in moved} for held in (before, now))
    else:
        moved, old, new = set(), set(before.values()), set(now.values())
        if {kind for kind, _ in old} & {kind for kind, _ in new}:
            return None
    if not new:
        return None
    accounts = " and ".join(sorted(account for _, account in moved))
    of = f" in account {accounts}" if moved and len(now) > 1 else ""
    return f"{_sources(new)}{of}, before {_sources(old)}"


def _sources(held: Collection[_Source]) -> str:
    titles = sorted({str(_header(kind)["title"]) for kind, _ in held})
    mostly = "" if all(is_all for _, is_all in held) else "mostly "
    return f"{mostly}from {' and '.join(titles)}"
