"""Mappings that people draw: what the columns of a file that no export of ours fits mean.

A mapping is written as YAML or JSON, by hand or by the Data page:

    name: House gateway
    columns:
      Datum: day
      Nutzer: person
      Eingabe (Tsd.): {field: input_tokens, unit: thousand tokens}
      Kosten: {field: billed_cost, unit: whole}
      Bemerkung: drop
    fixed: {vendor: OpenAI, currency: EUR}
    dates: dmy
    decimal: comma

A column that is not named is kept as it is, unless it holds addresses. Further keys: `company`,
where it is for one company alone, and `overlaps`, whether the vendors' own exports may hold the
same use; unless said it is so where a column names the vendor, as in the report of a gateway.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import duckdb
import polars as pl
import yaml
from duckdb import ColumnExpression as Column
from duckdb import FunctionExpression as Function

from leverage import database, queries
from leverage.errors import FileRefused
from leverage.intake import companies
from leverage.intake.kinds import DESCRIBED, Kind, listed
from leverage.queries import Query

DROP = "drop"
"""What a column is said to be that is not to be read."""
UNITS: dict[str, dict[str, int | float]] = {
    "tokens": {"tokens": 1, "thousand tokens": 1_000, "million tokens": 1_000_000},
    "money": {"whole": 1, "cents": 0.01},
    "day": {"date": 1, "unix seconds": 1},
}
SURFACES = ("chat", "api", "code_agent", "ide", "office", "cloud")
KEYS = ("name", "company", "columns", "fixed", "dates", "decimal", "overlaps")
MOST_LETTERS = 60
ADDRESS = re.compile(r'[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+')


@dataclass(frozen=True)
class Field:
    """One thing a column can mean: its name on the page, its units, whether one value may hold."""

    label: str
    group: str
    measure: str = ""
    can_be_fixed: bool = False

    @property
    def units(self) -> tuple[str, ...]:
        """Return the units to choose from; none where there is no choice."""
        return tuple(UNITS.get(self.measure, ()))


FIELDS = {
    "day": Field("Day", "time", "day"),
    "month": Field("Month", "time"),
    "period_start": Field("First day of a period", "time"),
    "period_end": Field("Last day of a period", "time"),
    "person": Field("Person, hashed", "who"),
    "service": Field("Service or agent", "who", can_be_fixed=True),
    "credential": Field("Key or credential", "who", can_be_fixed=True),
    "key_name": Field("Name of the key", "who", can_be_fixed=True),
    "vendor": Field("Vendor", "what", can_be_fixed=True),
    "account": Field("Account at the vendor", "what", can_be_fixed=True),
    "model": Field("Model", "what", can_be_fixed=True),
    "surface": Field("Surface, such as chat or api", "what", can_be_fixed=True),
    "workspace": Field("Workspace or project", "what", can_be_fixed=True),
    "tags": Field("Tag", "what", can_be_fixed=True),
    "input_tokens": Field("Input tokens without cached", "tokens", "tokens"),
    "total_input_tokens": Field("Input tokens with cached", "tokens", "tokens"),
    "cache_read_tokens": Field("Cache read tokens", "tokens", "tokens"),
    "cache_write_tokens": Field("Cache write tokens", "tokens", "tokens"),
    "output_tokens": Field("Output tokens", "tokens", "tokens"),
    "reasoning_tokens": Field("Reasoning tokens, in the output", "part of tokens", "tokens"),
    "total_tokens": Field("All tokens in one number", "tokens", "tokens"),
    "requests": Field("Requests", "counts"),
    "failed_requests": Field("Failed requests", "part of counts"),
    "messages": Field("Messages", "counts"),
    "credits": Field("Credits", "counts"),
    "credit_unit": Field("Unit of the credits", "what", can_be_fixed=True),
    "billed_cost": Field("Cost as billed", "money", "money"),
    "gross_cost": Field("Cost before discounts", "money", "money"),
    "estimated_cost": Field("Cost as estimated", "money", "money"),
    "list_cost": Field("Cost at list prices", "money", "money"),
    "currency": Field("Currency", "what", can_be_fixed=True),
}
"""What the columns of queries/intake/custom.sql mean, in the order the page offers them."""
AMOUNTS = tuple(n for n, field in FIELDS.items() if field.group in ("tokens", "counts", "money"))
TOKENS = tuple(n for n, field in FIELDS.items() if field.group == "tokens")
MONEY = tuple(n for n, field in FIELDS.items() if field.group == "money")
INPUTS = ("input_tokens", "total_input_tokens", "total_tokens")
TIMES = ("day", "month", "period_start")


@dataclass(frozen=True)
class Described:
    """A mapping that makes sense by itself; whether it fits a file only the file tells.

    `columns` holds the file's column behind each field, `units` the unit of those that have one.
    """

    name: str
    company: str | None
    columns: Mapping[str, str]
    units: Mapping[str, str]
    dropped: tuple[str, ...]
    fixed: Mapping[str, str]
    dates: str | None
    decimal: str
    overlaps: bool

    @property
    def spec(self) -> str:
        """Return what decides how a file is read, as the text of a JSON object."""
        said: dict[str, Any] = {
            column: {"field": field, "unit": self.units[field]} if field in self.units else field
            for field, column in self.columns.items()
        }
        said |= dict.fromkeys(self.dropped, DROP)
        about = {
            "columns": said,
            "fixed": self.fixed,
            "dates": self.dates,
            "decimal": self.decimal,
            "overlaps": self.overlaps,
        }
        return json.dumps(about, ensure_ascii=False, sort_keys=True)

    @property
    def signature(self) -> list[str]:
        """Return the columns that give such a file away, in lower case and in order."""
        return sorted(column.lower() for column in self.columns.values())

    @property
    def family(self) -> str:
        """Return whose accounts it speaks of: a vendor's own, or those of this report alone."""
        vendor = self.fixed.get("vendor")
        return proper_vendor(vendor) if vendor and not self.overlaps else DESCRIBED + self.name

    @property
    def tokens_from(self) -> str:
        """Return what its tokens count as: a usage file's, or none."""
        return "usage" if any(field in self.columns for field in TOKENS) else "none"

    @property
    def kind(self) -> Kind:
        """Return the kind of export that it makes."""
        query = queries.get("intake", "custom")
        factors = {
            field: UNITS[FIELDS[field].measure][unit]
            for field, unit in self.units.items()
            if FIELDS[field].measure != "day"
        }
        types = dict(query.header["columns"])
        if self.units.get("day") == "unix seconds":
            types["day"] = "epoch"
        header = {
            "title": self.name,
            "table": query.header["table"],
            "signature": list(self.columns.values()),
            "accounts": self.family,
            "authority": {"tokens": self.tokens_from, "foreign": self.overlaps},
            "columns": types,
            "named": dict(self.columns),
            "fixed": dict(self.fixed),
            "units": {field: factor for field, factor in factors.items() if factor != 1},
            "dropped": self.dropped,
            "decimal": self.decimal,
            "spec": self.spec,
        }
        if self.dates is not None:
            header["dates"] = self.dates
        if "period_start" in self.columns:
            header["period"] = ["period_start", "period_end"]
        return Kind(Query(DESCRIBED + self.name, query.folder, header, query.sql))

    def written(self) -> dict[str, Any]:
        """Return the mapping as people write it, without what goes without saying."""
        said = json.loads(self.spec)
        order = [self.columns[field] for field in FIELDS if field in self.columns]
        columns = {column: said["columns"][column] for column in (*order, *self.dropped)}
        told = {"name": self.name, "company": self.company, **said, "columns": columns}
        if self.decimal == "point":
            told.pop("decimal")
        return {key: value for key, value in told.items() if value not in (None, {})}


@cache
def proper_vendor(name: str) -> str:
    """Return the name under which a vendor stands everywhere."""
    with database.workspace() as con:
        rows = con.from_arrow(pl.DataFrame({"alias": [name]}).to_arrow())
        return str(rows.select(Function("vendor_name", Column("alias"))).fetchall()[0][0])


# ---- reading -----------------------------------------------------------------------------------


def read(path: Path) -> dict[str, Any]:
    """Read a file with a mapping, YAML or JSON; what it says is not looked at yet."""
    try:
        told = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise FileRefused(
            title=f"The mapping in {path.name} cannot be read",
            found=" ".join(str(error).split()),
            next_step="Write it as YAML or JSON, as “python -m leverage mapping show” prints one",
        ) from error
    if not isinstance(told, dict):
        raise FileRefused(
            title=f"{path.name} is not a mapping",
            found="It holds no keys such as name and columns",
            next_step="Write it as “python -m leverage mapping show” prints one",
        )
    return told


def parse(told: Mapping[str, Any]) -> Described:
    """Return a mapping from what a person wrote; raises FileRefused at the first thing amiss."""
    unknown = [key for key in told if key not in KEYS]
    if unknown:
        _refuse(
            "The mapping says something that is not known",
            f"{listed([str(key) for key in unknown])}. Known: {', '.join(KEYS)}",
            "Correct the spelling, or leave it out",
        )
    columns, units, dropped = _columns(told.get("columns"))
    fixed = _fixed(told.get("fixed"), columns)
    _check_time(columns)
    _check_amounts(columns)
    _check_vendor(columns, fixed)
    _check_money(columns, fixed)
    overlaps = told.get("overlaps", "vendor" in columns)
    if not isinstance(overlaps, bool):
        _refuse(f"“{overlaps}” is not known for overlaps", "", "Write true or false")
    company = told.get("company")
    return Described(
        name=_name(told.get("name")),
        company=str(company).strip() or None if company is not None else None,
        columns=columns,
        units=units,
        dropped=dropped,
        fixed=fixed,
        dates=_one_of(told, "dates", ("mdy", "dmy"), None),
        decimal=_one_of(told, "decimal", ("point", "comma"), "point") or "point",
        overlaps=overlaps,
    )


def _refuse(title: str, found: str, next_step: str) -> NoReturn:
    raise FileRefused(title=title, found=found, next_step=next_step)


def _name(told: object) -> str:
    name = told.strip() if isinstance(told, str) else ""
    if not name or len(name) > MOST_LETTERS or not name.isprintable():
        _refuse(
            "The mapping needs a name",
            f"“{name[:MOST_LETTERS]}” is longer than {MOST_LETTERS} letters" if name else "",
            "Give it a short one that people know the file by, such as House gateway",
        )
    return name


def _one_of(
    told: Mapping[str, Any], key: str, values: tuple[str, ...], default: str | None
) -> str | None:
    value = told.get(key, default)
    if value is not None and value not in values:
        _refuse(f"“{value}” is not known for {key}", "", f"Write {' or '.join(values)}")
    return None if value is None else str(value)


def _columns(told: object) -> tuple[dict[str, str], dict[str, str], tuple[str, ...]]:
    """Return the column behind each field, the units, and the columns not to read."""
    if not isinstance(told, dict) or not told:
        _refuse(
            "The mapping names no columns",
            "",
            "Say under columns what each column of the file means",
        )
    columns: dict[str, str] = {}
    units: dict[str, str] = {}
    dropped = []
    for key, entry in told.items():
        column = str(key)
        said = entry if isinstance(entry, dict) else {"field": entry}
        field, unit = said.get("field"), said.get("unit")
        surplus = [str(name) for name in said if name not in ("field", "unit")]
        if surplus:
            _refuse(
                f"The mapping says something of column {column} that is not known",
                f"{listed(surplus)}. Known: field, unit",
                "Correct the spelling, or leave it out",
            )
        if field == DROP and unit is None:
            dropped.append(column)
            continue
        if field not in FIELDS:
            _refuse(
                f"“{field}” is nothing that column {column} can mean",
                f"Known: {', '.join(FIELDS)}, {DROP}",
                "Choose one of them, or leave the column out of the mapping to keep it as it is",
            )
        if field in columns:
            _refuse(
                f"Two columns are said to hold the same: {columns[field]} and {column}",
                f"Both are mapped to {field}",
                "Keep the one that counts, and map the other to something else or leave it out",
            )
        columns[field] = column
        unit = _unit(column, field, unit)
        if unit is not None:
            units[field] = unit
    return columns, units, tuple(dropped)


def _unit(column: str, field: str, unit: object) -> str | None:
    """Return the unit of a column; dates are dates unless said otherwise, no other is guessed."""
    known = FIELDS[field].units
    if unit is None and field == "day":
        return None
    if not known and unit is not None:
        _refuse(f"Column {column} takes no unit", f"{field} has none; said: {unit}", "Leave it out")
    if known and unit not in known:
        _refuse(
            f"The unit of column {column} is missing"
            if unit is None
            else f"“{unit}” is no unit of column {column}",
            f"It is mapped to {field}, which comes in {', '.join(known)}",
            "Say which it is",
        )
    return str(unit) if unit is not None else None


def _fixed(told: object, columns: Mapping[str, str]) -> dict[str, str]:
    """Return the values that hold for every line."""
    if told is None:
        return {}
    if not isinstance(told, dict):
        _refuse("The fixed values cannot be read", "", "Write them as fixed: {vendor: OpenAI}")
    fixed: dict[str, str] = {}
    for key, value in told.items():
        field = str(key)
        if field not in FIELDS or not FIELDS[field].can_be_fixed:
            can_be = ", ".join(name for name, known in FIELDS.items() if known.can_be_fixed)
            _refuse(
                f"{field} cannot be one value for all lines",
                f"Values that can: {can_be}",
                "Name the column that holds it instead",
            )
        if field in columns:
            _refuse(
                f"{field} is said twice",
                f"Column {columns[field]} and the value “{value}”",
                "Keep one of the two",
            )
        if not isinstance(value, str) or not value.strip():
            _refuse(f"The value of {field} is no text", f"“{value}”", "Write it in quotes")
        if ADDRESS.search(value):
            _refuse(
                f"The value of {field} holds an address of a person",
                "It would be stored as it stands",
                "Leave the address out; people come from a column that is mapped to person",
            )
        fixed[field] = value.strip()
    surface = fixed.get("surface")
    if surface is not None and surface not in SURFACES:
        _refuse(f"“{surface}” is no surface", f"Known: {', '.join(SURFACES)}", "Choose one of them")
    return fixed


def _check_time(columns: Mapping[str, str]) -> None:
    told = [field for field in TIMES if field in columns]
    if not told:
        _refuse(
            "The mapping does not say which column holds the date",
            "None is mapped to day, month or period_start",
            "Map one: use that belongs to no day cannot be shown",
        )
    if len(told) > 1:
        _refuse(
            "Several columns say when it was",
            listed([f"{columns[field]} ({field})" for field in told]),
            "Keep the one that is most exact",
        )
    if ("period_start" in columns) != ("period_end" in columns):
        _refuse(
            "A period needs its first and its last day",
            "Only one of period_start and period_end is mapped",
            "Map the other as well, or map a day or a month instead",
        )


def _check_amounts(columns: Mapping[str, str]) -> None:
    if not any(field in columns for field in AMOUNTS):
        _refuse(
            "The mapping does not say which column holds an amount",
            f"None is mapped to any of {', '.join(AMOUNTS)}",
            "Map at least one column of tokens, requests, messages, credits or money",
        )
    inputs = [field for field in INPUTS if field in columns]
    if len(inputs) > 1:
        _refuse(
            "Two columns hold the same tokens",
            listed([f"{columns[field]} ({field})" for field in inputs]),
            "Keep the one that tells most, and leave the other out; both would count twice",
        )


def _check_vendor(columns: Mapping[str, str], fixed: Mapping[str, str]) -> None:
    if "vendor" not in columns and "vendor" not in fixed:
        _refuse(
            "The mapping does not say whose AI it is",
            "No column is mapped to vendor, and no vendor is fixed",
            "Name the vendor for all lines, or the column that holds it",
        )


def _check_money(columns: Mapping[str, str], fixed: Mapping[str, str]) -> None:
    said = columns.keys() | fixed.keys()
    money = [field for field in MONEY if field in columns]
    if money and "currency" not in said:
        _refuse(
            "The mapping does not say in which currency the money is",
            f"Column {columns[money[0]]} is mapped to {money[0]}",
            "Name the currency for all lines, such as USD, or the column that holds it",
        )
    if "credits" in columns and "credit_unit" not in said:
        _refuse(
            "The mapping does not say what a credit is",
            f"Column {columns['credits']} is mapped to credits",
            "Name the unit for all lines, or the column that holds it; units are never added up",
        )
    currency = fixed.get("currency")
    if currency is not None and not re.fullmatch("[A-Za-z]{3}", currency):
        _refuse(f"“{currency}” is no currency", "", "Write three letters, such as USD or EUR")
    is_other = currency is not None and currency.upper() != "USD"
    if money and is_other and "billed_cost" not in columns:
        _refuse(
            f"Money in {currency} that was not billed counts nowhere",
            f"Column {columns[money[0]]} is mapped to {money[0]}; estimates and list prices are "
            "in US dollars",
            "Map the billed amount, or leave the column out",
        )


# ---- saved ones --------------------------------------------------------------------------------


def newest(stored: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return the newest version of every mapping of a store, by name."""
    rows: pl.DataFrame = stored.table("mappings").pl()
    held = rows.sort("name", "version").unique("name", keep="last", maintain_order=True)
    return held.sort("name").to_dicts()


def of_row(row: Mapping[str, Any]) -> Described:
    """Return a mapping as the store holds it."""
    return parse({"name": row["name"], "company": row["company"], **json.loads(row["spec"])})


def saved(stored: duckdb.DuckDBPyConnection, company: str | None) -> dict[str, Kind]:
    """Return the kinds that were described for a company, or for all, by their names.

    Without a company the only one there is is meant.
    """
    names = companies.known(stored)
    wanted = company or (names[0] if len(names) == 1 else "")
    found = {}
    for row in newest(stored):
        if row["company"] is None or row["company"].casefold() == wanted.strip().casefold():
            kind = of_row(row).kind
            found[kind.name] = kind
    return found
