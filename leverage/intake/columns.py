"""Look at the columns of a file that nobody knows, and guess what each of them means.

A guess is offered and never acted upon. Values are shown as examples, but none of a column that can
name people: what stands in it leaves the loader only as a hash.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from leverage import queries
from leverage.intake.described import FIELDS, INPUTS, TIMES
from leverage.intake.raw import Raw

PERSON = re.compile(
    r"\b(user|users|e ?mail|mail|person|people|employee|member|login|nutzer|name)\b"
)
LONGEST_EXAMPLE = 40
LONGEST_LABEL = 200
"""Text longer than this is no label: it can be what somebody wrote to a model."""
# The share of the cells that must read as a type; the last line of a report can be a total.
ENOUGH = 0.9
# What is sought in a column's name, word by word; the first that fits and is not taken yet counts.
SYNONYMS = {
    "period_start": (r"(period|range|start|from|begin).*(start|date|from|begin)|^(start|from)$",),
    "period_end": (r"(period|range|end|to|until).*(end|date|to|until)|^(end|to)$",),
    "month": (r"\b(month|monat|mois|mes|mese)\b",),
    "day": (r"\b(day|date|datum|tag|jour|fecha|time|timestamp|created|at|when)\b",),
    "failed_requests": (r"(fail|error).*(request|call)|(request|call).*(fail|error)",),
    "cache_read_tokens": (r"cache.*(read|hit)|\bcached\b",),
    "cache_write_tokens": (r"cache.*(write|creat|store)",),
    "reasoning_tokens": (r"(reason|think)",),
    "output_tokens": (r"(output|completion|generated|response|ausgabe).*", r"\bout\b"),
    "input_tokens": (r"(uncached|fresh|non cached)",),
    "total_input_tokens": (r"(input|prompt|context|eingabe).*", r"\bin\b"),
    "total_tokens": (r"\btokens?\b",),
    "credit_unit": (r"(credit|unit).*(type|unit)",),
    "credits": (r"\bcredits?\b",),
    "messages": (r"\b(messages?|chats?|nachrichten|prompts)\b",),
    "requests": (r"\b(requests?|calls?|queries|anfragen|invocations?)\b",),
    "currency": (r"\b(currency|waehrung|währung|devise)\b",),
    "list_cost": (r"list.*(cost|price|amount)",),
    "gross_cost": (r"gross|before discount|brutto",),
    "estimated_cost": (r"estimat",),
    "billed_cost": (
        r"\b(cost|costs|kosten|amount|betrag|spend|spent|charge|charges|price|net|billed|usd|eur)\b",
    ),
    "person": (PERSON.pattern,),
    "service": (r"\b(service|agent|bot|application|app)\b",),
    "key_name": (r"key.*name",),
    "credential": (r"\b(key|token id|credential|api key)\b",),
    "vendor": (r"\b(vendor|provider|anbieter|supplier)\b",),
    "account": (r"\b(account|organi[sz]ation|org|tenant|konto)\b",),
    "model": (r"\b(model|modell|engine|deployment)\b",),
    "surface": (r"\b(surface|product|channel|interface)\b",),
    "workspace": (r"\b(workspace|project|projekt|space|repository)\b",),
    "tags": (r"\b(tag|tags|label|feature)\b",),
}
WANTS = {"time": ("date", "month", "number"), "tokens": ("number",), "money": ("number",)}
WANTS |= {"counts": ("number",), "part of tokens": ("number",), "part of counts": ("number",)}


@dataclass(frozen=True)
class Seen:
    """One column of a file: what it seems to hold, and what it is guessed to mean.

    `holds` is date, month, number, text, long text, addresses or nothing. `dates` says how slashed
    dates read: mdy or dmy where the cells settle it, open where they do not, None without any.
    """

    name: str
    holds: str
    examples: tuple[str, ...]
    field: str | None
    dates: str | None
    has_decimals: bool
    has_decimal_commas: bool

    def unit(self, field: str) -> str | None:
        """Return the unit it comes in if it holds that field, None where nothing tells it.

        The name of the column tells it, or that only one unit makes sense of the numbers.
        """
        said = _words(self.name)
        measure = FIELDS[field].measure
        if measure == "day":
            return "unix seconds" if self.holds == "number" else "date"
        if measure == "tokens":
            if re.search(r"\b(k|tsd|thousands?|1k|1000)\b", said):
                return "thousand tokens"
            if re.search(r"\b(m|mio|mm|millions?|1m)\b", said):
                return "million tokens"
            return None if self.has_decimals else "tokens"
        if measure == "money":
            if re.search(r"\b(cents?|ct)\b", said):
                return "cents"
            return "whole" if self.has_decimals else None
        return None


def look(con: duckdb.DuckDBPyConnection, raw: Raw) -> list[Seen]:
    """Return what the first lines of a table of text say of its columns, in their order."""
    query = queries.get("intake", "columns")
    rows = con.sql(query.sql, params={"name": raw.table})
    found = {row[0]: dict(zip(rows.columns, row, strict=True)) for row in rows.fetchall()}
    kinds = {name: _holds(found.get(name)) for name in raw.columns}
    fields = _fields(kinds)
    return [
        Seen(
            name=name,
            holds=kinds[name],
            examples=_examples(name, kinds[name], fields.get(name), found.get(name)),
            field=fields.get(name),
            dates=_dates(found[name]) if kinds[name] == "date" else None,
            has_decimals=kinds[name] == "number" and found[name]["counts"] < found[name]["numbers"],
            has_decimal_commas=kinds[name] == "number" and found[name]["decimal_commas"] > 0,
        )
        for name in raw.columns
    ]


def _holds(cells: dict[str, Any] | None) -> str:
    if cells is None:
        return "nothing"
    if cells["addresses"]:
        return "addresses"
    enough = max(1, min(cells["filled"] * ENOUGH, cells["filled"] - 1))
    for holds, counted in (("date", "days"), ("month", "months"), ("number", "numbers")):
        # A whole number of eight digits can be a date; a column of them is one where all are.
        if cells[counted] >= enough and not (
            holds == "date" and cells["counts"] >= enough and cells["days"] < cells["filled"]
        ):
            return holds
    return "long text" if cells["longest"] > LONGEST_LABEL else "text"


def _words(name: str) -> str:
    """Return a column's name as words in lower case: “promptTokens (k)” is “prompt tokens k”."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return " ".join(re.sub(r"[\W_]+", " ", apart).lower().split())


def _fields(kinds: dict[str, str]) -> dict[str, str]:
    """Return what columns are guessed to mean; no two the same, and only what can go together."""
    found: dict[str, str] = {}
    for name, holds in kinds.items():
        if holds == "addresses" and "person" not in found.values():
            found[name] = "person"
    for field, patterns in SYNONYMS.items():
        if field in found.values() or _is_taken(field, found.values()):
            continue
        wanted = WANTS.get(FIELDS[field].group, ("text",))
        wanted = ("month",) if field == "month" else wanted
        wanted = ("date",) if field.startswith("period") or field == "day" else wanted
        for name, holds in kinds.items():
            if name in found or holds not in wanted:
                continue
            if any(re.search(pattern, _words(name)) for pattern in patterns):
                found[name] = field
                break
    if ("period_start" in found.values()) != ("period_end" in found.values()):
        found = {name: field for name, field in found.items() if not field.startswith("period")}
    if not set(TIMES) & set(found.values()):
        for holds, field in (("date", "day"), ("month", "month")):
            alone = [name for name, held in kinds.items() if held == holds and name not in found]
            if alone:
                found[alone[0]] = field
                break
    return found


def _is_taken(field: str, held: Any) -> bool:
    """Tell whether what a field says is said by another one already."""
    if field in INPUTS:
        return any(other in held for other in INPUTS)
    if field in ("day", "month"):
        return any(other in held for other in ("day", "month")) or (
            "period_start" in held and "period_end" in held
        )
    return False


def _dates(cells: dict[str, Any]) -> str | None:
    if not cells["slashed"]:
        return None
    if bool(cells["not_mdy"]) == bool(cells["not_dmy"]):
        return "open"
    return "dmy" if cells["not_mdy"] else "mdy"


def _examples(
    name: str, holds: str, field: str | None, cells: dict[str, Any] | None
) -> tuple[str, ...]:
    """Return up to three values, shortened; none of a column that can name people."""
    can_name = holds in ("addresses", "long text") or field == "person"
    can_name = can_name or (holds == "text" and bool(PERSON.search(_words(name))))
    if cells is None or can_name:
        return ()
    examples: Sequence[str] = cells["examples"]
    return tuple(
        text if len(text) <= LONGEST_EXAMPLE else f"{text[:LONGEST_EXAMPLE]}…" for text in examples
    )
