"""The kinds of export this product knows, read from the headers in queries/exports."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from hashlib import sha256
from typing import Any

from leverage import queries
from leverage.errors import FileRefused

DESCRIBED = "custom:"
"""What the names of kinds that people have described begin with."""
UNKNOWN = "This file is not an export we know"


def month_span(month: str) -> tuple[date, date]:
    """Return the first and last day of a month written 'YYYY-MM'."""
    year, number = int(month[:4]), int(month[5:7])
    following = date(year + number // 12, number % 12 + 1, 1)
    return date(year, number, 1), following - timedelta(days=1)


@dataclass(frozen=True)
class Kind:
    """One kind of export: its mapping and what the mapping's header says."""

    query: queries.Query

    @property
    def name(self) -> str:
        """Return the stem of the mapping file."""
        return self.query.name

    @property
    def header(self) -> dict[str, Any]:
        """Return the header of the mapping file."""
        return self.query.header

    @property
    def title(self) -> str:
        """Return the name people read."""
        return str(self.header["title"])

    @property
    def table(self) -> str:
        """Return the table its rows go to: usage, people, headcount, outcomes and so on."""
        return str(self.header["table"])

    @property
    def time(self) -> str:
        """Return the column that says when a row holds: day, month or effective_date."""
        return str(queries.get("tables", self.table).header.get("time", "day"))

    @property
    def account(self) -> str | None:
        """Return the column within whose values a file replaces, None where there is none."""
        return queries.get("tables", self.table).header.get("account")

    @property
    def how(self) -> str:
        """Return how the export is got, or the template filled in, as one paragraph."""
        return " ".join(str(self.header["how"]).split())

    @property
    def template(self) -> dict[str, str]:
        """Return the meaning of each column of a file that people write; none for exports."""
        return {str(name): str(said) for name, said in self.header.get("template", {}).items()}

    @cached_property
    def columns(self) -> dict[str, str]:
        """Return the type of each column the export is known to have, by its name."""
        return {str(name): str(kind) for name, kind in self.header["columns"].items()}

    @cached_property
    def signature(self) -> frozenset[str]:
        """Return the columns that give the kind away, in lower case."""
        return frozenset(str(name).lower() for name in self.header["signature"])

    @property
    def accounts(self) -> str:
        """Return the family of accounts it speaks of: kinds of one family mean the same account."""
        return str(self.header.get("accounts") or self.header.get("vendor") or self.name)

    @property
    def inherits(self) -> Sequence[str]:
        """Return which lists of a record's parents it has; it has all else its parents say."""
        return tuple(map(str, self.header.get("inherits", ())))

    @property
    def holds_prompts(self) -> bool:
        """Tell whether such a file can hold what people wrote to a model.

        Its columns that no mapping knows are then not read, and a line that is left out is not kept
        as it stands in the file.
        """
        return bool(self.header.get("prompts", False))

    @property
    def leaves_unknown(self) -> bool:
        """Tell whether columns that no mapping knows are left unread instead of kept.

        They can hold prompts, or (`others: dropped`) more about people than their use of AI.
        """
        return self.holds_prompts or self.header.get("others") == "dropped"

    @cached_property
    def mapping(self) -> str:
        """Return a digest of the mapping: a changed mapping makes a file worth loading again."""
        return sha256(f"{self.query.sql}{self.header.get('spec', '')}".encode()).hexdigest()[:12]

    @property
    def is_described(self) -> bool:
        """Tell whether a person has said what its columns mean, instead of a file of this program.

        Its header then also holds: `named`, the file's column behind each column of the mapping;
        `fixed`, the text that stands in each cell of a column no file has; `units`, how many of
        what the mapping counts one of the file's is; `dropped`, columns not to be read; and
        `spec`, all of that as the person said it.
        """
        return "named" in self.header

    @cached_property
    def dropped(self) -> frozenset[str]:
        """Return the columns a person has said not to read, in lower case."""
        return frozenset(str(name).lower() for name in self.header.get("dropped", ()))

    @cached_property
    def _spellings(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        also = self.header.get("also", {})
        return tuple((re.compile(pattern), str(ours)) for pattern, ours in also.items())

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(name.lower() for name in self.columns)

    @property
    def is_also_spelled(self) -> bool:
        """Tell whether the export has other spellings of its columns than the mapping's."""
        return bool(self._spellings)

    def ours(self, name: str) -> str:
        """Return how the mapping spells a column of a file.

        The `also` of a header says how else an export spells its columns: what is matched in a
        name, and what the mapping has there, one after the other until a known name comes out. A
        name that none of them changes is returned as it stands.
        """
        found = name
        for pattern, instead in self._spellings:
            if found.lower() in self._known:
                break
            found = pattern.sub(instead, found)
        return name if found == name else found.lower()

    @property
    def has_decimal_commas(self) -> bool:
        """Tell whether its numbers have a decimal comma."""
        return bool(self.header.get("decimal") == "comma")

    def spelled(self, names: Collection[str]) -> dict[str, str]:
        """Return the file's own name of each column it has, by the mapping's in lower case.

        Of two columns of one meaning the one that is spelled as the mapping has it holds, else the
        first; the others are unknown columns.
        """
        there = {name.lower(): name for name in names}
        if not self.is_described:
            return {self.ours(name).lower(): name for name in reversed([*names])} | there
        return {
            column: there[name.lower()]
            for column, name in self.header["named"].items()
            if name.lower() in there
        }

    def missing(self, names: Collection[str]) -> list[str]:
        """Return the columns of the signature that are not among the names."""
        there = {name.lower() for name in names}
        if self._spellings and not self.signature <= there:
            there |= {self.ours(name).lower() for name in names}
        return [str(name) for name in self.header["signature"] if str(name).lower() not in there]

    def matches(self, names: Collection[str], document: dict[str, Any] | None) -> bool:
        """Tell whether a file with these column (or key) names is of this kind.

        `document` holds the literal values of nested JSON, by where they stand.
        """
        if self.missing(names):
            return False
        literals = self.header.get("match", {})
        if (document is not None) != bool(self.header.get("records")) and literals:
            return False
        return all(
            (document or {}).get(place) in (value if isinstance(value, list) else [value])
            for place, value in literals.items()
        )

    def period_in_name(self, name: str) -> tuple[date, date] | None:
        """Return the period the file's name states, where this kind's names do."""
        pattern = self.header.get("period_in_name")
        found = re.search(pattern, name) if pattern else None
        if not found:
            return None
        groups = found.groupdict()
        if groups.get("month"):
            return month_span(groups["month"].replace("_", "-"))
        first, last = (date.fromisoformat(groups[end].replace("_", "-")) for end in ("from", "to"))
        return first, last


@cache
def kinds() -> dict[str, Kind]:
    """Return every kind by name."""
    return {name: Kind(query) for name, query in queries.folder("exports").items()}


def title_of(kind: str) -> str:
    """Return the name people read of a kind; of one that is not known, its own."""
    known = kinds().get(kind)
    return known.title if known else kind.removeprefix(DESCRIBED)


def how_to_get(kind: str) -> str:
    """Return how the export of a kind is got; who described a file knows where it comes from."""
    known = kinds().get(kind)
    return known.how if known else f"Get “{title_of(kind)}” from where it came from before."


def is_known_header(names: Sequence[str], described: Mapping[str, Kind] | None = None) -> bool:
    """Tell whether a row of text is the header of some kind, `described` ones among them."""
    there = {name.lower() for name in names}
    known = (kinds() | dict(described or {})).values()
    return any(
        kind.signature <= there or (kind.is_also_spelled and not kind.missing(names))
        for kind in known
    )


def may_repeat(names: Sequence[str]) -> bool:
    """Tell whether a row of text is the header of a kind that repeats the names of its columns."""
    there = {name.lower() for name in names}
    return any(kind.header.get("repeats") and kind.signature <= there for kind in kinds().values())


def recognise(
    names: Collection[str],
    document: dict[str, Any] | None,
    forced: str | None = None,
    described: Mapping[str, Kind] | None = None,
) -> Kind:
    """Return the kind of a file from its column names; of several the one that asks for most.

    `document` holds the literal values of nested JSON, by where they stand; `described` are the
    kinds people have described, which only get what no export of ours takes.

    A file of no kind is refused with the nearest kind and the columns it lacks.
    """
    ours = kinds()
    theirs = dict(described or {})
    known = ours | theirs
    if forced is not None:
        if forced not in known:
            raise FileRefused(
                title=f"There is no kind called “{forced}”", found=f"Known: {', '.join(known)}"
            )
        missing = known[forced].missing(names)
        if missing:
            raise FileRefused(
                title=f"This file is not a {known[forced].title} export",
                found=f"It lacks {listed(missing)}. Columns found: {listed(names)}",
                next_step="Leave --kind out to let the file be recognised",
            )
        return known[forced]
    for some in (ours, theirs):
        fitting = [kind for kind in some.values() if kind.matches(names, document)]
        if fitting:
            return max(fitting, key=lambda kind: (len(kind.signature), len(kind.columns)))
    nearest = min(known.values(), key=lambda kind: len(kind.missing(names)) / len(kind.signature))
    missing = nearest.missing(names)
    if len(missing) < len(nearest.signature):
        hint = f"Nearest: {nearest.title}, which also needs {listed(missing)}"
    else:
        hint = "No known export shares a telling column with it"
    raise FileRefused(
        title=UNKNOWN,
        found=f"{hint}. Columns found: {listed(names) or 'none'}",
        next_step="Run “python -m leverage kinds” to see every kind and how to export it, or say "
        "what its columns mean with “python -m leverage mapping”",
    )


def listed(names: Collection[str], most: int = 20) -> str:
    """Return the first names in words, and how many more there are."""
    shown = list(names)[:most]
    return ", ".join(shown) + (f" and {len(names) - most} more" if len(names) > most else "")
