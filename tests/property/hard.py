"""Hard files: the golden exports as people, spreadsheets, regions and vendors deform them.

A golden input is the seed, for what each of its lines must become was worked out by hand. A
generated line is a seed line said another way, which must not matter (null words, number forms,
instants in other zones, spaces, case of addresses), or changed so that its outcome changes in a
known way: amounts multiplied, days moved, text added in columns nobody knows, a cell that is no
value of its type. What is expected follows from the change alone, never from the code under test.
One generated line is one case. The same seed number makes the same file again.
"""

import csv
import gzip
import io
import json
import os
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from leverage.intake.kinds import Kind, kinds
from tests.golden.mapped import Row, map_file
from tests.golden.test_exports import HERE, MARKS, beside, comparable, expected_rows

SEED = int(os.environ.get("HARD_SEED", "1"))
"""Another number makes other files; failures of one number come back with the same number."""

# ---- what must become of a line ----------------------------------------------------------------


@dataclass(frozen=True)
class Fate:
    """What must become of one line: the rows it maps to, or why it is left out.

    `what` is taken, set aside, rejected, or left out where either of the two will do. `reason` is
    how the reason must begin.
    """

    what: str
    rows: tuple[Row, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class HardFile:
    """A generated file with the fate of each of its lines, or how its refusal must begin."""

    kind: Kind
    name: str
    content: bytes
    fates: dict[int, Fate]
    dates: str | None = None
    marks: dict[str, list[str]] | None = None
    dropped: tuple[str, ...] = ()
    story: tuple[str, ...] = ()

    @property
    def rows(self) -> list[Row]:
        """Return every row that must come out of it."""
        return [row for fate in self.fates.values() for row in fate.rows]

    def write(self, folder: Path) -> Path:
        """Write it under its name in a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / self.name
        path.write_bytes(self.content)
        return path


TOTALS = (
    "input_tokens",
    "cache_read_tokens",
    "cache_write_tokens",
    "output_tokens",
    "requests",
    "messages",
    "list_cost_usd",
    "gross_cost_usd",
    "net_cost_usd",
    "amortised_cost_usd",
    "estimated_cost_usd",
    "billed_in_currency",
)


def total(rows: Sequence[Row], name: str) -> Decimal | None:
    """Return the sum of one column, None where no row reports it."""
    held = [Decimal(row[name]) for row in rows if name in row]
    return sum(held, Decimal()) if held else None


def check(file: HardFile, folder: Path) -> int:
    """Map a file in memory and compare every line with its fate; return how many lines it has."""
    path = file.write(folder)
    try:
        _check(file, path)
    except BaseException as error:
        error.add_note(f"{path} was made so: {'; '.join(file.story)}")
        raise
    return len(file.fates)


def _check(file: HardFile, path: Path) -> None:
    rows, done = map_file(path, file.kind.name, dates=file.dates, marks=file.marks)
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        line = row.pop("line")
        found[line].append(comparable(row))
    left = {each.line: each for each in done.left_out}
    assert sorted(found.keys() | left.keys()) == sorted(file.fates)
    for line, fate in file.fates.items():
        assert (line in left) == (fate.what != "taken"), f"line {line}: {left.get(line)}, {fate}"
        if fate.what == "taken":
            seen = found.pop(line)
            assert seen == list(fate.rows), f"line {line}"
        else:
            assert line not in found, f"line {line} is both taken and left out"
            assert fate.what in ("left out", left[line].what), f"line {line}: {left[line]}"
            assert left[line].reason.startswith(fate.reason or ""), f"line {line}: {left[line]}"
            assert left[line].reason
    assert done.rows_in == len(file.fates) == done.rows_taken + len(done.left_out)
    if done.totals:
        assert {name: done.totals[name] for name in TOTALS} == {
            name: total(file.rows, name) for name in TOTALS
        }
    assert set(file.dropped) <= set(done.dropped_columns)


# ---- seeds -------------------------------------------------------------------------------------

NULLS = ("", "-", "None", "NULL", "null", "n/a", "N/A", "nan", " ", " - ")
NULL = re.compile(r"\s*(|-|none|null|n/a|nan)\s*", re.IGNORECASE)
WORDS = {
    "count": "a whole number",
    "number": "a number",
    "money": "an amount of money",
    "day": "a date",
    "time": "a date and time",
    "epoch": "a Unix time in seconds",
    "month": "a month",
    "flag": "a yes or no",
}
"""What a rejection says a cell of each type should have been."""
BROKEN = {
    "count": ("many", "12abc", "1.5", "1e99", "99999999999999999999", "٣", "--5", "1,2,3"),
    "number": ("many", "1.2.3", "1,234", "--5", "€5", "1e400", "5 USD", "inf", "0x10"),
    "money": ("many", "1.2.3", "1,234", "--5", "€5", "1e400", "5 USD", "infinity", "(5.00)"),
    "day": ("someday", "2026-02-30", "2026-13-01", "0000-00-00", "20261301", "Total", "2026-6"),
    "time": ("someday", "2026-02-30", "2026-09-01 25:00:00", "2026-09-01Tnoon", "99999999"),
    "epoch": ("soon", "1e40", "2026-09-01", "9223372036854775807"),
    "month": ("someday", "2026-13", "2026-00", "Q1 2026", "Total"),
    "flag": ("maybe", "2", "on fire"),
}
"""Cells that are not empty and no value of their type."""
DATED = ("day", "time", "epoch")
NUMERIC = ("count", "number", "money")
DECIMALS = {"count": 0, "number": 12, "money": 18}
WHOLE = (
    "claude_code_members",
    "claude_code_session_log",
    "claude_enterprise_cost",
    "claude_enterprise_usage",
    "codex_session_log",
    "openai_cost",
    "rates",
)
"""Kinds whose lines bear on each other (a line said twice, or one that sums up the others), or
whose amounts decide what else is said."""
NOT_MULTIPLIED = {
    # The amount stands in a text, such as "Included" or "$0.02".
    "cursor_events": ".*",
    # One line is one of what is counted, whatever else stands in it.
    "aws_bedrock_log": "requests|failed_requests",
    "cursor_api_events": "requests|failed_requests",
    "cursor_daily_usage": "active_days",
    "devlake_deployments": "value|n",
    "devlake_pull_requests": "n",
    "jira_issues": "value|n",
    "langfuse_observations": "requests|failed_requests",
    "litellm_spend_logs": "requests|failed_requests",
    "m365_copilot_usage": ".*active_periods",
    "openrouter_generations": "requests|failed_requests",
    "otel_genai_otlp": "requests|failed_requests",
    "otel_genai_spans": "requests|failed_requests",
    "portkey_logs": "requests|failed_requests",
}
"""Columns and metrics of a kind that do not grow with the amounts of the line."""
SIGN_MATTERS = ("aws_cur2", "azure_cost", "cursor_spend", "focus", "gcp_billing")
"""Kinds in which an amount below zero means something else than less of the same."""


@dataclass(frozen=True)
class Cell:
    """A cell of a seed: its text, its declared type ('' where no kind declares the column).

    `record` is which record of its unit it stands in, None where several share it.
    """

    name: str
    text: str
    dtype: str
    record: int | None = 0

    @property
    def is_null(self) -> bool:
        """Tell whether it says nothing."""
        return NULL.fullmatch(self.text) is not None

    @property
    def amount(self) -> Decimal | None:
        """Return its number, None where it is none or has more decimals than are kept."""
        if self.dtype not in NUMERIC or self.is_null:
            return None
        try:
            value = Decimal(self.text.strip().replace("$", "").replace(",", ""))
        except InvalidOperation:
            return None
        exponent = value.normalize().as_tuple().exponent
        return value if isinstance(exponent, int) and -exponent <= DECIMALS[self.dtype] else None

    @property
    def moment(self) -> datetime | None:
        """Return its moment in UTC, None where it is none or is told in a form left as it is."""
        text = self.text.strip()
        if self.dtype == "epoch" and re.fullmatch(r"\d+", text):
            return datetime.fromtimestamp(int(text), UTC).replace(tzinfo=None)
        iso = r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d{1,6})?)?( UTC|Z|[+-]\d\d:\d\d)?)?"
        if self.dtype not in ("day", "time") or not re.fullmatch(iso, text):
            return None
        try:
            moment = datetime.fromisoformat(re.sub(r" UTC$|Z$", "+00:00", text))
        except ValueError:
            return None
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


@cache
def fates_of(path: Path) -> dict[int, Fate]:
    """Return the fate of each line of a golden input, as the files beside it state it."""
    rows, aside = expected_rows(path)
    fates = {line: Fate("set aside", reason=reason) for line, reason in aside.items()}
    for row in beside(path, "rejected"):
        fates[int(row["line"])] = Fate("rejected", reason=f"{row['column']} holds ")
    by_line: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        by_line[row["line"]].append({name: cell for name, cell in row.items() if name != "line"})
    return fates | {line: Fate("taken", tuple(of_line)) for line, of_line in by_line.items()}


def kind_of(path: Path) -> Kind:
    """Return the kind a golden input is of."""
    return kinds()[path.parent.name]


def types_of(kind: Kind, header: Sequence[str] = ()) -> dict[str, str]:
    """Return the declared type of each column by its name in lower case, "" for a day in numbers.

    The names are the mapping's, and those of a header that spells them otherwise. A day told as a
    number, in thousandths of seconds, is neither multiplied nor told otherwise.
    """
    day = str(kind.header.get("day")).lower()
    types = {name.lower(): dtype for name, dtype in kind.columns.items()}
    types |= {day: ""} if types.get(day) in NUMERIC else {}
    ours = {name.lower(): kind.ours(name).lower() for name in header}
    return types | {name: types[other] for name, other in ours.items() if other in types}


def gives_away(kind: Kind, name: str) -> bool:
    """Tell whether a column of a file is one of those its kind is known by."""
    return kind.ours(name).lower() in kind.signature


def marks_of(path: Path) -> dict[str, list[str]] | None:
    """Return what the analyst of the invented company has marked of a golden input."""
    return MARKS.get(path.relative_to(HERE).as_posix())


# ---- one line said another way -----------------------------------------------------------------

ZONES = (timedelta(hours=5, minutes=30), timedelta(hours=-8), timedelta(hours=14), timedelta())


def said_again(rng: random.Random, cell: Cell, order: str | None = None) -> str:
    """Return another text of the same cell; `order` says how slashed dates of the file go."""
    if cell.is_null:
        return rng.choice(NULLS)
    text = cell.text
    if cell.amount is not None:
        text = _number(rng, cell.amount, cell.dtype)
    elif cell.moment is not None:
        text = _moment(rng, cell.moment, cell.dtype, order)
    elif cell.dtype == "flag" and text.lower() in ("1", "true", "yes", "y"):
        text = rng.choice(["1", "true", "TRUE", "yes", "Y"])
    elif cell.dtype == "flag" and text.lower() in ("0", "false", "no", "n"):
        text = rng.choice(["0", "false", "False", "no", "N"])
    elif cell.dtype == "month" and re.fullmatch(r"\d{4}-\d\d", text):
        month = date.fromisoformat(f"{text}-01")
        text = rng.choice([text, f"{text}-01", *(f"{month:{form}}" for form in MONTHS)])
    elif cell.dtype == "person":
        text = rng.choice([text, text.upper(), text.lower()])
    return f"  {text} " if rng.random() < 0.1 else text


MONTHS = ("%b %Y", "%B %Y", "%m/%Y", "%b-%y")


def _number(rng: random.Random, value: Decimal, dtype: str) -> str:
    sign, plain = "-" if value < 0 else "", f"{abs(value):f}"
    whole, _, decimals = plain.partition(".")
    forms = [plain]
    if dtype == "count":
        whole = str(int(abs(value)))
        forms = [whole, f"{whole}.0", f"{whole}.", f"{int(whole):,}", f"{whole}.00"]
        if int(whole) and not int(whole) % 100:
            forms.append(f"{int(whole) // 100}e2")
        return sign + rng.choice(forms)
    forms += [f"{int(whole):,}.{decimals or '00'}", f"{whole}.{decimals}0", f"{abs(value):e}"]
    return sign + rng.choice([*forms, f"${plain}", f"${int(whole):,}.{decimals or '0'}"])


def _moment(rng: random.Random, moment: datetime, dtype: str, order: str | None) -> str:
    if dtype == "epoch":
        seconds = int(moment.replace(tzinfo=UTC).timestamp())
        return rng.choice([str(seconds), f"{seconds}.0", f"{seconds}.000000"])
    if dtype == "day":
        # A day by the hour is the same day, whatever the zone that tells it.
        inside = rng.choice([0, 0, 1, 5, 23]) * 3600 + rng.choice([0, 59, 1800])
        moment = datetime.combine(moment.date(), datetime.min.time()) + timedelta(seconds=inside)
    is_midnight = moment.time() == datetime.min.time()
    zoned = (moment.replace(tzinfo=UTC).astimezone(timezone(zone)) for zone in ZONES)
    forms = [moment.isoformat(" "), f"{moment.isoformat()}Z", f"{moment.isoformat(' ')} UTC"]
    forms += [each.isoformat() for each in zoned]
    if is_midnight:
        forms += [moment.date().isoformat(), f"{moment:%Y%m%d}", f"{moment:%d/%b/%Y}"]
    elif not moment.second and not moment.microsecond:
        forms += [f"{moment:%Y-%m-%d %H:%M}", f"{moment:%d/%b/%y %I:%M %p}"]
    if order is not None and not moment.microsecond:
        forms = _slashed(rng, moment, order)
    return rng.choice(forms)


def _slashed(rng: random.Random, moment: datetime, order: str) -> list[str]:
    mark = rng.choice(["/", "/", ".", "-"])
    parts = [moment.month, moment.day] if order == "mdy" else [moment.day, moment.month]
    padded = [f"{part:02}" for part in parts]
    day = mark.join([*rng.choice([padded, list(map(str, parts))]), f"{moment.year}"])
    if moment.second:
        return [f"{day} {moment:%H:%M:%S}"]
    if moment.time() == datetime.min.time():
        return [day, f"{day} 00:00", mark.join([*padded, f"{moment:%y}"])]
    return [f"{day} {moment:%H:%M}", f"{day} {moment:%I:%M %p}", f"{day} {moment:%H:%M:%S}"]


# ---- one line changed in a known way -----------------------------------------------------------


@dataclass
class Unit:
    """Cells under change and what must become of the records they make.

    In a delimited file that is one line; in JSON what stands in the outermost list, such as a day
    with its results.
    """

    cells: list[Cell]
    fates: list[Fate]
    kind: Kind
    is_told: bool = True  # False where numbers or days stand in it that no cell holds

    @property
    def is_taken(self) -> bool:
        """Tell whether all of it becomes rows."""
        return all(fate.what == "taken" for fate in self.fates)

    def multiply(self, by: int) -> None:
        """Multiply every amount, if all of them are known.

        Every amount of every row is then as many times what it was: mappings rename and convert.
        """
        amounts = {
            place: cell.amount
            for place, cell in enumerate(self.cells)
            if cell.dtype in NUMERIC and not cell.is_null
        }
        one = NOT_MULTIPLIED.get(self.kind.name, "-")
        if not self.is_told or not self.is_taken or None in amounts.values() or one == ".*":
            return
        rows = [row for fate in self.fates for row in fate.rows]
        if by < 0 and (
            self.kind.name in SIGN_MATTERS or any(row.get(n) for row in rows for n in COUNTED)
        ):
            return
        for place, amount in amounts.items():
            assert amount is not None
            self.cells[place] = replace(self.cells[place], text=f"{amount * by:f}")
        self._each(lambda name, value: value if re.fullmatch(one, name) else _times(value, by, one))

    def move(self, days: int) -> bool:
        """Move every day and moment, if all of them are known; tell whether it was done."""
        dated = {i: cell for i, cell in enumerate(self.cells) if cell.dtype in DATED}
        moments = {i: cell.moment for i, cell in dated.items() if not cell.is_null}
        if not self.is_told or not self.is_taken or not moments or None in moments.values():
            return False
        if any(cell.dtype == "month" for cell in self.cells):
            return False
        for place, moment in moments.items():
            assert moment is not None
            later = moment + timedelta(days=days)
            text = later.isoformat(" ") if moment.time() != datetime.min.time() else f"{later:%F}"
            if self.cells[place].dtype == "epoch":
                text = str(int(later.replace(tzinfo=UTC).timestamp()))
            self.cells[place] = replace(self.cells[place], text=text)
        self._each(lambda _, value: _later(value, days))
        return True

    def break_one(self, rng: random.Random, spelled: Callable[[str], str] = str) -> None:
        """Put a cell that is no value of its type in place of another."""
        typed = [
            place
            for place, cell in enumerate(self.cells)
            if cell.dtype in BROKEN
            and cell.record is not None
            and self.fates[cell.record].what != "rejected"
        ]
        if not typed:
            return
        place = rng.choice(typed)
        cell = self.cells[place]
        text = rng.choice(BROKEN[cell.dtype])
        self.cells[place] = replace(cell, text=text, dtype="broken")
        reason = f"{spelled(cell.name)} holds “{text}”, not {WORDS[cell.dtype]}"
        assert cell.record is not None
        self.fates[cell.record] = Fate("rejected", reason=reason)

    def _each(self, change: Callable[[str, Any], Any]) -> None:
        self.fates = [
            replace(
                fate,
                rows=tuple({n: change(n, value) for n, value in row.items()} for row in fate.rows),
            )
            for fate in self.fates
        ]


COUNTED = (
    "input_tokens",
    "cache_read_tokens",
    "cache_write_tokens",
    "output_tokens",
    "requests",
    "messages",
)
"""What can never be below zero: a file in which one of them is, is refused as a whole."""


def _times(value: Any, by: int, one: str) -> Any:
    if isinstance(value, dict):
        return {
            name: float(Decimal(str(held)) * by)
            if isinstance(held, int | float) and not re.fullmatch(one, name)
            else held
            for name, held in value.items()
        }
    return value * by if isinstance(value, int | Decimal) else value


def _later(value: Any, days: int) -> Any:
    return value + timedelta(days=days) if isinstance(value, date) else value


def changed(rng: random.Random, unit: Unit, spelled: Callable[[str], str] = str) -> Unit:
    """Return a copy of a seed unit changed in one or more known ways, or in none."""
    unit = replace(unit, cells=list(unit.cells), fates=list(unit.fates))
    if unit.kind.name in WHOLE:
        return unit
    if rng.random() < 0.4:
        unit.multiply(rng.choice([2, 3, 10, 1000]))
    elif rng.random() < 0.3:
        unit.multiply(-1)
    if rng.random() < 0.4:
        unit.move(-rng.randrange(1, 700))
    elif rng.random() < 0.05 and unit.kind.table in ("usage", "outcomes") and unit.move(-365 * 20):
        far = Fate("rejected", reason="a date before 2015 or after tomorrow")
        unit.fates = [far for _ in unit.fates]
    if rng.random() < 0.12:
        unit.break_one(rng, spelled)
    return unit


# ---- delimited files ---------------------------------------------------------------------------

EXTRA_COLUMNS = (
    "Note",
    "Größe",
    'Say "hi"',
    "semi;colon, tab\t",
    "two\nlines",
    "Kostenstelle / Projekt",
    "select",
    "$1",
    "line",
    "attrs",
    "set_aside",
    "load_id",
)
EXTRA_CELLS = (
    "plain",
    'with "quotes"',
    '"',
    "two\nlines",
    "two\r\nlines",
    "a;b,c\td",
    "  spaced  ",
    "ünï",
    "rocket 🚀",
    "=1+1",
    "'; drop table usage; --",
    "0",
    "$path",
    '{"a": [1]}',
    "\\N",
    "sep\u2028arated",
    "x" * 3000,
    *NULLS,
)
CONTACT = "Who to ask"


def delimited(path: Path, number: int, lines: int) -> HardFile:
    """Make a hard file of about so many lines from a golden CSV."""
    rng = random.Random(f"{SEED} {path.relative_to(HERE)} {number}")
    kind = kind_of(path)
    golden = fates_of(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        header = next(reader)
        seeds = [(reader.line_num, cells) for cells in reader if any(cells)]
    types = types_of(kind, header)
    columns = _columns(rng, kind, header, [cells for _, cells in seeds])
    order = rng.choice([None, None, "mdy", "dmy"])
    if kind.header.get("dates"):
        # Its golden dates are slashed themselves, in the order it is documented to write.
        order = None
    known = {*types, *(name.lower() for name in header)}
    beyond_known = [name for name in EXTRA_COLUMNS if name.lower() not in known]
    extras = rng.sample(beyond_known, rng.choice([0, 0, 1, 2, 3]))
    has_contact = rng.random() < 0.2
    # Words that capitals tell apart cannot be told in lower case.
    in_any_case = types_of(kind)
    names = [
        _header_said(rng, header[i]) if header[i].lower() in in_any_case else header[i]
        for i in columns
    ]
    names += extras
    names += [CONTACT] if has_contact else []
    places = rng.sample(range(len(names)), len(names))
    spelled = {header[i]: name.strip() for i, name in zip(columns, names, strict=False)}

    def line(place: int) -> tuple[list[str], Fate]:
        at, cells = seeds[place] if kind.name in WHOLE else rng.choice(seeds)
        seed = [Cell(header[i], cells[i], types.get(header[i].lower(), "")) for i in columns]
        # Amounts in a list inside a cell are not reached.
        is_told = not any(cell.text.startswith(("[", "{")) for cell in seed)
        unit = changed(rng, Unit(seed, [golden[at]], kind, is_told), lambda name: spelled[name])
        texts = [said_again(rng, cell, order) for cell in unit.cells]
        beyond = [rng.choice(EXTRA_CELLS) for _ in extras]
        (fate,) = unit.fates
        if fate.what == "rejected" and fate.reason.endswith(" holds "):
            fate = replace(fate, reason=f"{spelled[fate.reason.removesuffix(' holds ')]} holds ")
        fate = _with_attrs(fate, kind, dict(zip(extras, beyond, strict=True)))
        beyond += [f"ask ana{rng.randrange(9)}@acme.example"] if has_contact else []
        return [*texts, *beyond], fate

    made = [line(place) for place in range(len(seeds) if kind.name in WHOLE else lines)]
    made += _strange(rng, [types.get(header[i].lower(), "") for i in columns], names)
    if is_again := _summed_up(rng, kind, [header[i] for i in columns], made):
        made.append(is_again)
    fixed = made[0]
    rng.shuffle(made)
    made.remove(fixed)
    made.insert(0, fixed)
    dialect = _Dialect.any(rng)
    content, numbered = dialect.written(
        rng,
        [names[i] for i in places],
        [([c[i] for i in places] if len(c) == len(names) else c, f) for c, f in made],
    )
    return HardFile(
        kind=kind,
        name=dialect.named(path.name),
        content=content,
        fates=numbered,
        dates=order,
        marks=marks_of(path),
        dropped=(CONTACT,) if has_contact and not kind.leaves_unknown else (),
        story=(f"HARD_SEED={SEED}, {path.parent.name}/{path.name}, number {number}", str(dialect)),
    )


def _columns(
    rng: random.Random, kind: Kind, header: Sequence[str], rows: Sequence[Sequence[str]]
) -> list[int]:
    """Return the columns to keep: those that say nothing, or are dropped, may go."""
    types = types_of(kind, header)
    kept = []
    for i, name in enumerate(header):
        is_silent = all(NULL.fullmatch(row[i]) for row in rows)
        may_go = types.get(name.lower()) == "personal" or is_silent
        if not may_go or gives_away(kind, name) or rng.random() < 0.5:
            kept.append(i)
    return kept


def _header_said(rng: random.Random, name: str) -> str:
    return rng.choice([name, name, name.upper(), name.title(), name.lower(), f" {name} "])


def _with_attrs(fate: Fate, kind: Kind, beyond: dict[str, str]) -> Fate:
    said = {
        "line (2)" if name == "line" else name.strip(): text.strip(" ")
        for name, text in beyond.items()
        if not NULL.fullmatch(text)
    }
    if fate.what == "set aside" and said:
        # What nobody knows may be use of another sort: the reason can be another.
        return replace(fate, reason="")
    if fate.what != "taken" or kind.leaves_unknown or not said:
        return fate
    rows = tuple({**row, "attrs": {**row.get("attrs", {}), **said}} for row in fate.rows)
    return replace(fate, rows=rows)


def _strange(
    rng: random.Random, types: Sequence[str], names: Sequence[str]
) -> list[tuple[list[str], Fate]]:
    """Return lines that are no records: the header again, totals, too few and too many values."""
    width = len(names)
    sums = [str(rng.randrange(1, 10**6)) if dtype in NUMERIC else "" for dtype in types]
    sums += [""] * (width - len(sums))
    sums[next((i for i, dtype in enumerate(types) if dtype in DATED), 0)] = "Total"
    ragged = f" values where the header has {width}"
    return [
        (list(names), Fate("set aside", reason="the header again")),
        (sums, Fate("left out")),
        (["few"] * (width - 1), Fate("rejected", reason=f"{width - 1}{ragged}")),
        (["many"] * (width + 2), Fate("rejected", reason=f"{width + 2}{ragged}")),
    ]


def _summed_up(
    rng: random.Random,
    kind: Kind,
    columns: Sequence[str],
    made: Sequence[tuple[list[str], Fate]],
) -> tuple[list[str], Fate] | None:
    """Return a line that sums up others under their day, with the word where a name should be."""
    types = types_of(kind, columns)
    named = [
        place
        for place, name in enumerate(columns)
        if types.get(name.lower()) == "person"
        or (types.get(name.lower()) == "text" and gives_away(kind, name))
    ]
    taken = [cells for cells, fate in made if fate.what == "taken"]
    if not named or not taken or kind.name in WHOLE:
        return None
    cells = list(rng.choice(taken))
    cells[rng.choice(named)] = rng.choice(["Total", "TOTALS", "Grand total", " Subtotal: "])
    return cells, Fate("set aside", reason="totals row")


@dataclass(frozen=True)
class _Dialect:
    """How a delimited file is written down."""

    delimiter: str
    ends: tuple[str, ...]
    encoding: str
    is_all_quoted: bool
    has_blank_lines: bool
    ends_in_break: bool
    is_packed: bool

    @classmethod
    def any(cls, rng: random.Random) -> "_Dialect":
        """Choose one."""
        return cls(
            delimiter=rng.choice([",", ",", ";", "\t"]),
            ends=rng.choice([("\n",), ("\n",), ("\r\n",), ("\r",), ("\n", "\r\n", "\r")]),
            encoding=rng.choice(["utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252"]),
            is_all_quoted=rng.random() < 0.3,
            has_blank_lines=rng.random() < 0.3,
            ends_in_break=rng.random() < 0.8,
            is_packed=rng.random() < 0.15,
        )

    def named(self, name: str) -> str:
        """Return the name of a file written so."""
        return f"{name}.gz" if self.is_packed else name

    def written(
        self, rng: random.Random, header: Sequence[str], lines: Sequence[tuple[list[str], Fate]]
    ) -> tuple[bytes, dict[int, Fate]]:
        """Return the bytes, and the fate of each record by its first line."""
        text, fates = self._record(header) + rng.choice(self.ends), {}
        for place, (cells, fate) in enumerate(lines):
            if self.has_blank_lines and place and rng.random() < 0.1:
                text += rng.choice(["", "  "]) + rng.choice(self.ends)
            fates[len(re.findall(r"\r\n|\r|\n", text)) + 1] = fate
            is_last = place == len(lines) - 1
            ends = not is_last or self.ends_in_break or fate.what != "taken"
            text += self._record(cells) + (rng.choice(self.ends) if ends else "")
        try:
            content = text.encode(self.encoding)
        except UnicodeEncodeError:
            content = text.encode("utf-8")
        return gzip.compress(content) if self.is_packed else content, fates

    def _record(self, cells: Sequence[str]) -> str:
        out = io.StringIO()
        dialect = "unix" if self.is_all_quoted else "excel"
        # The writer quotes a line break only where it ends its lines with one.
        csv.writer(out, dialect, delimiter=self.delimiter, lineterminator="\r\n").writerow(cells)
        return out.getvalue().removesuffix("\r\n")


# ---- JSON --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Documents:
    """A golden JSON file taken apart: the units, the list they stand in, and how records lie."""

    units: list[dict[str, Any]]
    around: dict[str, Any] | None  # the document whose list `key` holds the units
    key: str
    steps: tuple[str, ...]  # from a unit down to its records
    layout: str  # lines, array, inside (a document) or alone (the document is the unit)


def _documents(path: Path, kind: Kind) -> _Documents:
    text = path.read_text(encoding="utf-8")
    records = str(kind.header.get("records") or "")
    steps = tuple(step for step in records.replace("[]", "").split(".") if step)
    if path.suffix == ".ndjson":
        return _Documents(
            [json.loads(line) for line in text.splitlines()], None, "", steps, "lines"
        )
    try:
        document = json.loads(text)
    except json.JSONDecodeError:
        return _Documents(
            [json.loads(line) for line in text.splitlines()], None, "", steps, "lines"
        )
    if isinstance(document, list):
        return _Documents(document, None, "", steps, "array")
    if not steps and kind.missing(list(document)):
        lists = [key for key, held in document.items() if isinstance(held, list)]
        steps = tuple(lists) if len(lists) == 1 else ()
    if steps and isinstance(document.get(steps[0]), list):
        return _Documents(document[steps[0]], document, steps[0], steps[1:], "inside")
    return _Documents([document], None, "", steps, "alone")


def _records(node: dict[str, Any], steps: Sequence[str]) -> list[dict[str, Any]]:
    """Return the records of a unit, which are parts of it."""
    if not steps:
        return [node]
    held = node.get(steps[0]) or []
    items = held if isinstance(held, list) else [held]
    return [record for item in items for record in _records(item, steps[1:])]


def _leaves(
    node: dict[str, Any], steps: Sequence[str], prefix: str = ""
) -> Iterator[tuple[dict[str, Any], str, str, dict[str, Any] | None]]:
    """Give each value of a unit: where it stands, its key, its column, and its record."""
    for key, value in node.items():
        if isinstance(value, dict) and not (steps and not prefix and key == steps[0]):
            for place, inner, name, _ in _leaves(value, (), f"{prefix}{key}."):
                yield place, inner, name, None if steps else node
        elif steps and not prefix and key == steps[0]:
            for item in value if isinstance(value, list) else [value]:
                yield from _leaves(item, steps[1:])
        else:
            yield node, key, prefix + key, None if steps else node


def nested(path: Path, number: int, units: int) -> HardFile:
    """Make a hard file of about so many units from a golden JSON or NDJSON file."""
    rng = random.Random(f"{SEED} {path.relative_to(HERE)} {number}")
    kind = kind_of(path)
    found = _documents(path, kind)
    # As the loader numbers them: lines by where they stand, other records one by one.
    golden = fates_of(path)
    seeds, at = [], 1
    for unit in found.units:
        length = len(_records(unit, found.steps))
        seeds.append((unit, [golden[n] for n in range(at, at + length)]))
        at += length
    assert at == len(golden) + 1
    extras = rng.sample(["x_note", "x Größe", 'x "q"', "x/y~z"], rng.choice([0, 0, 1, 2]))
    has_meta = rng.random() < 0.3
    made: list[tuple[dict[str, Any], list[Fate]]] = []
    if kind.name in WHOLE or found.layout == "alone":
        units = len(seeds)
    for _ in range(units):
        unit, fates = rng.choice(seeds) if len(made) >= len(seeds) else seeds[len(made)]
        made.append(_unit(rng, kind, unit, found.steps, fates, extras, has_meta))
    documents: list[Any] = [unit for unit, _ in made]
    fates_in = [fates for _, fates in made]
    if found.layout in ("lines", "array") and not found.steps:
        place = rng.randrange(1, len(documents) + 1)
        documents.insert(place, rng.choice([5, "text", None, ["a"]]))
        fates_in.insert(place, [Fate("rejected", reason="it is not one JSON object")])
    content, lines = _written(rng, found, documents)
    numbered: dict[int, Fate] = {}
    for line, fates in zip(lines, fates_in, strict=True):
        start = line if found.layout == "lines" and not found.steps else len(numbered) + 1
        numbered |= dict(enumerate(fates, start))
    is_packed = rng.random() < 0.15
    return HardFile(
        kind=kind,
        name=f"{path.name}.gz" if is_packed else path.name,
        content=gzip.compress(content) if is_packed else content,
        fates=numbered,
        marks=marks_of(path),
        story=(f"HARD_SEED={SEED}, {path.parent.name}/{path.name}, number {number}",),
    )


def _unit(
    rng: random.Random,
    kind: Kind,
    seed: dict[str, Any],
    steps: Sequence[str],
    fates: Sequence[Fate],
    extras: Sequence[str],
    has_meta: bool,
) -> tuple[dict[str, Any], list[Fate]]:
    node = json.loads(json.dumps(seed))
    records = _records(node, steps)
    leaves = list(_leaves(node, steps))
    types = types_of(kind, [name for _, _, name, _ in leaves])
    is_told = not any(
        (isinstance(place[key], list) and place[key])
        or any(
            types.get(".".join(name.lower().split(".")[:i])) for i in range(1, name.count(".") + 1)
        )
        for place, key, name, _ in leaves
    )
    held = [
        (place, key, Cell(name, _text(place[key]), types[name.lower()], _which(records, record)))
        for place, key, name, record in leaves
        if types.get(name.lower(), "text") != "text" and not isinstance(place[key], list | dict)
    ]
    unit = changed(rng, Unit([cell for _, _, cell in held], list(fates), kind, is_told))
    for (place, key, _), cell in zip(held, unit.cells, strict=True):
        place[key] = _value(rng, cell)
    said = []
    for record, fate in zip(records, unit.fates, strict=True):
        beyond = {name: rng.choice(EXTRA_CELLS) for name in extras}
        record |= beyond
        if has_meta:
            record["x_meta"] = {"a": 1, "b": {"c": None}}
            beyond["x_meta.a"] = "1"
        said.append(_with_attrs(fate, kind, beyond))
    return _shuffled(rng, node), said


def _which(records: Sequence[dict[str, Any]], record: dict[str, Any] | None) -> int | None:
    return next((i for i, each in enumerate(records) if each is record), None)


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)


def _value(rng: random.Random, cell: Cell) -> Any:
    """Return a cell as JSON: a number or a text that says the same, nothing in one of its ways."""
    if cell.is_null:
        return rng.choice([None, *NULLS])
    text = said_again(rng, cell)
    if re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?(e-?\d+)?", text) and rng.random() < 0.7:
        number = json.loads(text)
        if Decimal(str(number)) == Decimal(text):
            return number
    return {"true": True, "false": False}.get(text, text) if cell.dtype == "flag" else text


def _shuffled(rng: random.Random, node: Any) -> Any:
    """Return JSON with the keys of its objects in another order."""
    if isinstance(node, list):
        return [_shuffled(rng, item) for item in node]
    if not isinstance(node, dict):
        return node
    return {key: _shuffled(rng, node[key]) for key in rng.sample(list(node), len(node))}


def _written(
    rng: random.Random, found: _Documents, units: Sequence[Any]
) -> tuple[bytes, list[int]]:
    """Return the bytes, and the line each unit stands in where they stand in lines."""
    is_ascii = rng.random() < 0.5
    encoding = rng.choice(["utf-8", "utf-8", "utf-8-sig", "utf-16"])
    lines, number = [], 0
    if found.layout == "lines":
        ends = rng.choice([("\n",), ("\r\n",), ("\n", "\r\n")])
        text = ""
        for place, unit in enumerate(units):
            if place and rng.random() < 0.1:
                text += rng.choice(["", "  "]) + rng.choice(ends)
                number += 1
            number += 1
            lines.append(number)
            text += json.dumps(unit, ensure_ascii=is_ascii) + rng.choice(ends)
        return text.encode(encoding), lines
    whole: Any = list(units)
    if found.around is not None:
        whole = _shuffled(rng, {**found.around, found.key: []}) | {found.key: whole}
    elif found.layout == "alone":
        (whole,) = units
    text = json.dumps(whole, ensure_ascii=is_ascii, indent=rng.choice([None, 2, "\t"]))
    return (text + rng.choice(["", "\n", "\r\n"])).encode(encoding), [0] * len(units)


def hard_file(path: Path, number: int, size: int) -> HardFile:
    """Make a hard file of about so many lines, or units, from a golden input."""
    return (delimited if path.suffix == ".csv" else nested)(path, number, size)
