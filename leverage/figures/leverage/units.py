"""Departments, roles and companies against what is typical among them."""

from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

from leverage import charts, words
from leverage.charts.band_dots import MOST_DOTS
from leverage.figures.figure import Ask, Chart, Hidden
from leverage.figures.ground import Ground, many
from leverage.figures.scope import basis, listed
from leverage.figures.yardstick import LEAST_PEERS
from leverage.privacy import SMALL_GROUPS, K
from leverage.stats import Band, typical_band
from leverage.view import shift

Kind = Literal["company", "department", "role"]

LEAST_JUDGED: Final = 10
"""A group of fewer employees has its value, but no place among others."""
REFERENCE_MONTHS: Final = 12
PLURAL: Final[dict[Kind, str]] = {
    "company": "companies",
    "department": "departments",
    "role": "roles",
}


@dataclass(frozen=True)
class Units:
    """The units of one kind in the window, and what is typical of them.

    `rows` have name, company, unit, value (tokens per employee), before, employees and is_judged;
    `months` are those of the reference, one row a unit and month.
    """

    kind: Kind
    rows: pl.DataFrame
    months: pl.DataFrame
    band: Band | None
    question: str

    @property
    def judged(self) -> pl.DataFrame:
        """Return the units that have a place against the band."""
        return self.rows.filter("is_judged") if self.band is not None else self.rows.clear()

    def placed(self, place: str) -> list[str]:
        """Return the names of the units at a place, those furthest from the median first."""
        if self.band is None:
            return []
        found = self.judged.sort("value", descending=place == "above peers")
        band = self.band
        return [
            name
            for name, value in found.select("name", "value").iter_rows()
            if band.place(value) == place
        ]


def sets_companies_apart(ask: Ask, facts: Ground) -> bool:
    """Tell whether companies stand side by side: several in view, each of them as a whole.

    Use by company knows no departments or roles, so under a filter by those it is of other people.
    """
    return not facts.view.is_people and ask("use_by_company").frame["company"].n_unique() > 1


def units(ask: Ask, facts: Ground, kind: Kind) -> Units:
    """Return the units of one kind with the band of their months of the last year."""
    question = "use_by_company" if kind == "company" else "use_by_unit"
    frame = ask(question).frame
    if kind == "company":
        frame = frame.with_columns(unit_kind=pl.lit("company"), unit=pl.col("company"))
    several = frame["company"].n_unique() > 1 and kind != "company"
    name = pl.col("unit") + pl.lit(" · ") + pl.col("company") if several else pl.col("unit")
    named = frame.filter(pl.col("unit_kind") == kind).select(
        "period",
        "company",
        "unit",
        "employees",
        "tokens",
        name=name,
        value=pl.col("tokens_per_employee"),
        is_judged=(pl.col("employees") >= LEAST_JUDGED)
        & ~pl.col("unit").str.starts_with("(")
        & pl.col("tokens_per_employee").is_not_null(),
    )
    this = named.filter(pl.col("period") == "this").drop("period")
    before = named.filter(pl.col("period") == "previous").select("name", before="value")
    months = _reference(named, ask, facts)
    peers = months["name"].n_unique()
    return Units(
        kind=kind,
        rows=this.join(before, on="name", how="left", maintain_order="left"),
        months=months,
        band=typical_band(months["value"].to_list()) if peers >= LEAST_PEERS else None,
        question=question,
    )


def _reference(named: pl.DataFrame, ask: Ask, facts: Ground) -> pl.DataFrame:
    """Return the months of judged units in the year up to the window's end, complete ones only."""
    months = ask("months").frame
    complete = months.filter(pl.col("is_complete"))["month"].to_list()
    first = shift(facts.headline.window.last, 1 - REFERENCE_MONTHS)
    return named.filter(
        pl.col("period").is_in(complete)
        & (pl.col("period") >= first)
        & pl.col("is_judged")
        & (pl.col("value") > 0)
    ).rename({"period": "month"})


def against_band(found: Units, facts: Ground, name: str | None = None) -> Chart | Hidden:
    """Return the units as dots against the typical band, under a name of its own if it has one."""
    name = name or f"Tokens per employee by {found.kind}"
    known = found.rows.filter(pl.col("value") > 0)
    if known.is_empty():
        return Hidden(name, _why_none(found, facts))
    rows = known.with_columns(
        beside=pl.col("employees").map_elements(
            lambda heads: f"{words.count(heads)} employees", return_dtype=pl.String
        )
    )
    measure = f"{basis(facts.view).capitalize()} per employee and month, {facts.span.span.name}"
    return Chart(
        name=name,
        question=found.question,
        metric="tokens_per_employee",
        spec=charts.titled(charts.band_dots.spec(), finding(found), f"{measure}; logarithmic"),
        rows=charts.band_dots.frame(rows, words.tokens, found.band).to_arrow(),
        alt=charts.band_dots.alt_text(rows, name, words.tokens, found.band),
        note=_note(found, rows),
        filters=found.kind if (rows["name"] == rows["unit"]).all() else None,
    )


def finding(found: Units) -> str:
    """Say who stands outside the typical band."""
    nouns = PLURAL[found.kind]
    if found.band is None:
        named = found.rows.filter("is_judged").sort("value", descending=True)
        if named.is_empty():
            return f"No {found.kind} has {LEAST_JUDGED} employees or more"
        top, value = named.select("name", "value").row(0)
        return f"{top} has the most tokens behind each employee: {words.tokens(value)}"
    above, below = found.placed("above peers"), found.placed("below peers")
    told = [
        f"{listed(names, 2)} {'is' if len(names) == 1 else 'are'} {place}"
        for names, place in ((above, "above peers"), (below, "below peers"))
        if names
    ]
    return "; ".join(told) if told else f"All {nouns} are within the typical band"


def _note(found: Units, rows: pl.DataFrame) -> str:
    said = []
    if found.band is None:
        said.append(
            f"No typical band: it needs {LEAST_PEERS} {PLURAL[found.kind]} of {LEAST_JUDGED} "
            "employees or more with known tokens"
        )
    else:
        n_units, n = found.months["name"].n_unique(), words.count(found.band.n)
        said.append(
            f"Grey band: the middle half (P25 to P75) of n = {n} months of {n_units} "
            f"{PLURAL[found.kind]} over the last {REFERENCE_MONTHS}, an internal reference"
        )
    few = rows.filter(~pl.col("is_judged"))
    if len(few):
        said.append(f"{listed(few['name'].to_list())} not placed: a pool, or too few employees")
    if len(rows) > MOST_DOTS:
        said.append(f"{many(len(rows) - MOST_DOTS, 'unit')} with fewer tokens not drawn")
    if SMALL_GROUPS in " ".join(rows["name"].to_list()):
        said.append(f"{SMALL_GROUPS} pools groups in which fewer than {K} people used AI")
    return ". ".join(said) + "."


def _why_none(found: Units, facts: Ground) -> str:
    if found.kind != "company" and facts.view.workload:
        return facts.why_no_departments()
    if "headcount" in facts.missing and len(found.rows) == 0:
        return "Unknown: no headcount and no roster is loaded"
    if found.kind != "company" and "roster" in facts.missing:
        return f"Unknown: no roster is loaded that says who is in which {found.kind}"
    if len(found.rows) == 0:
        return f"No {found.kind} has {K} employees or more that may be shown"
    return "No source in this view reports tokens"
