"""Answer a question, for page and command line alike: bind, run, suppress.

Which groups are too small to show is decided once per data version, when the marts are built, as a
partition of the use into cells that may be shown. Every answer that touches people is a sum of such
cells, so no filter can be played against another. What is left to decide here is which departments
stay pooled over the whole window, and which counts of people would speak of few of them.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from leverage import queries
from leverage.engine import Engine
from leverage.errors import QuestionUnknown
from leverage.privacy import SMALL_GROUPS, K
from leverage.store import Pin, Store
from leverage.store.changes import in_effect
from leverage.view import COMPANY_TRAITS, LISTS, TREND_MONTHS, View, shift, span

WHOLE_COMPANIES = "whole companies"
"""The scope of questions about single people: two answers under filters that overlap could be set
against each other, so that none is given under a filter by people, vendors, models or work."""

WHOLE_ONLY = (
    "Told for whole companies only, not under a filter by people, vendors, models or kind of work"
)

BESIDE = {"target": "its targets", "benchmark": "the other companies"}
"""Comparisons with something else than an earlier period."""

WORK_OF_NOBODY = "What use was for is known of companies, not of their people"


@dataclass(frozen=True)
class Window:
    """The months a view looks at, and those it compares them with."""

    first: str
    last: str
    first_day: date | None
    last_day: date | None
    is_partial: bool
    previous: tuple[str, str] | None
    no_comparison: str | None  # why there is none

    @property
    def months(self) -> int:
        """Return how many months the window has."""
        return span(self.first, self.last)


@dataclass(frozen=True)
class Answer:
    """The rows of one question, and what made them."""

    query: queries.Query
    frame: pl.DataFrame
    pin: Pin
    window: Window
    view: View
    notes: tuple[str, ...] = field(default=())


@dataclass
class Asker:
    """Asks one data version of one store."""

    engine: Engine
    store: Store
    number: int
    _windows: dict[View, Window] = field(default_factory=dict, repr=False)
    _companies: dict[View, list[str] | None] = field(default_factory=dict, repr=False)

    @property
    def pin(self) -> Pin:
        """Return the pin of the version that is asked."""
        return Pin(self.store.id, self.number)

    def rows(self, question: str, values: dict[str, Any]) -> pl.DataFrame:
        """Run one question with the given parameters, as it stands."""
        query = queries.get("questions", question)
        return self.engine.ask(self.store, self.number, query, values)

    def months(self, view: View) -> pl.DataFrame:
        """Return the months that hold data of the companies in view, oldest first."""
        return self.rows("months", {"companies": self.companies(view)})

    def companies(self, view: View) -> list[str] | None:
        """Return the companies a view looks at, None where it looks at all of them.

        Sector, origin and size say what a company is, so a filter by them is one by company.
        """
        if not view.describes_companies:
            return list(view.company) or None
        if view not in self._companies:
            rows = self.rows("companies_in_view", self._traits(view))
            self._companies[view] = rows["company"].to_list()
        return self._companies[view]

    @staticmethod
    def _traits(view: View) -> dict[str, list[str] | None]:
        """Return what a view asks companies to be, under the names of their columns."""
        return {name: list(getattr(view, name)) or None for name in COMPANY_TRAITS}

    def window(self, view: View) -> Window:
        """Return the window of a view: its months, else the last complete one, else all there is.

        A month that is not covered to its end is never compared with a whole one.
        """
        if view not in self._windows:
            self._windows[view] = self._window(view)
        return self._windows[view]

    def _window(self, view: View) -> Window:
        months = self.months(view)
        complete = set(months.filter(pl.col("is_complete"))["month"].to_list())
        held = months["month"].to_list()
        if view.months is not None:
            first, last = view.months
        elif complete:
            first = last = max(complete)
        elif held:
            first, last = held[0], held[-1]
        else:
            this = f"{date.today():%Y-%m}"
            return Window(this, this, None, None, True, None, "no use is loaded")
        inside = months.filter(pl.col("month").is_between(pl.lit(first), pl.lit(last)))
        wanted = {shift(first, i) for i in range(span(first, last))}
        is_partial = not wanted <= complete
        first_day = inside["first_day"].min() if len(inside) else None
        last_day = inside["last_day"].max() if len(inside) else None
        previous, why_not = _previous(view, first, last, is_partial, complete, held)
        return Window(first, last, first_day, last_day, is_partial, previous, why_not)  # type: ignore[arg-type]

    def ask(self, question: str, view: View) -> Answer:
        """Answer a question under a view's filters."""
        query = queries.get("questions", question)
        window = self.window(view)
        is_people = view.is_people or bool(query.header.get("people"))
        values: dict[str, Any] = {
            "from_month": window.first,
            "to_month": window.last,
            "previous_from": window.previous[0] if window.previous else None,
            "previous_to": window.previous[1] if window.previous else None,
            "trend_from": shift(window.last, 1 - max(TREND_MONTHS, window.months)),
            "is_people": is_people,
            "basis": view.tokens,
            # Where companies are compared, what pools their people is decided for all of them.
            "companies": None if query.header.get("all_companies") else self.companies(view),
            **self._traits(view),
            "departments": list(view.department) or None,
            "roles": list(view.role) or None,
            "vendors": list(view.vendor) or None,
            "models": list(view.model) or None,
            "workloads": list(view.workload) or None,
        }
        notes: list[str] = []
        pooled = self._pooled(window, values) if is_people else []
        values["pooled"] = [f"{company}|{department}" for company, department in pooled]
        hidden = sorted({name for _, name in pooled if name in view.department})
        if hidden:
            notes.append(
                f"{', '.join(hidden)} had fewer than {K} people with use, or one person with most "
                f"of it, in at least one of these months, and can be shown only as {SMALL_GROUPS}"
            )
        frame = self.engine.ask(self.store, self.number, query, values)
        if query.header.get("scope") == WHOLE_COMPANIES and view.is_narrowed:
            return Answer(query, frame.clear(), self.pin, window, view, (WHOLE_ONLY,))
        if view.workload and query.header.get("people"):
            return Answer(query, frame.clear(), self.pin, window, view, (WORK_OF_NOBODY,))
        if view.workload and (is_people or query.header.get("hides")):
            notes.append(WORK_OF_NOBODY)
        frame, more = _hide_few(frame, query, view, is_people)
        return Answer(query, frame, self.pin, window, view, (*notes, *more))

    def _pooled(self, window: Window, values: dict[str, Any]) -> list[tuple[str, str]]:
        """Return (company, department) pooled in any month of the window or its comparison."""
        first = min(window.first, window.previous[0]) if window.previous else window.first
        found = self.rows("pooled_departments", {**values, "from_month": first})
        return list(found.select("company", "department").iter_rows())

    def filter_values(self) -> dict[str, list[str]]:
        """Return the values each list filter offers, and the currencies with a rate."""
        found = self.rows("filter_values", {})
        return {
            name: found.filter(pl.col("filter") == name)["value"].drop_nulls().to_list()
            for name in (*LISTS, "currency")
        }


def _previous(
    view: View, first: str, last: str, is_partial: bool, complete: set[str], held: list[str]
) -> tuple[tuple[str, str] | None, str | None]:
    """Return the period to compare with, or why there is none."""
    if view.compare == "none":
        return None, "no comparison was asked for"
    if view.compare in BESIDE and len(view.company) != 1:
        return None, f"one company can be held against {BESIDE[view.compare]}, and none is chosen"
    if view.compare in BESIDE:
        return None, f"it is held against {BESIDE[view.compare]}"
    if is_partial:
        return None, "the period is not complete, and is never compared with a whole one"
    back = 12 if view.compare == "year" else span(first, last)
    before = (shift(first, -back), shift(last, -back))
    wanted = {shift(before[0], i) for i in range(span(*before))}
    if not wanted & set(held):
        return None, "there is no data of the period before"
    if not wanted <= complete:
        return None, "the period before is not complete"
    return before, None


def _hide_few(
    frame: pl.DataFrame, query: queries.Query, view: View, is_people: bool
) -> tuple[pl.DataFrame, list[str]]:
    """Hide counts of people, and ratios to them, that would speak of 1 to K-1 people.

    The unfiltered company count is always shown. A filter by vendor or model beside one by people
    hides the count outright: two such counts could be subtracted.
    """
    hides = query.header.get("hides", [])
    narrowed = bool(view.vendor or view.model)
    if not hides or not len(frame) or not (narrowed or view.is_people):
        return frame, []
    helpers = ("fewest_active_people", "most_active_people", "person_months")
    columns = [name for name in (*hides, *helpers) if name in frame.columns]
    few = pl.col("fewest_active_people").is_between(1, K - 1)
    hide = pl.lit(True) if narrowed and view.is_people else few.fill_null(False)
    is_hidden = bool(frame.select(hide.any()).item())
    shown = frame.with_columns(pl.when(hide).then(None).otherwise(pl.col(columns)).name.keep())
    if not is_hidden:
        return shown, []
    if narrowed and view.is_people:
        return shown, [
            "Counts of people are not shown while people and vendors or models are both filtered"
        ]
    return shown, [f"Fewer than {K} people: their count and what is divided by it are hidden"]


def choose_store(data_root: Path) -> tuple[Store, bool]:
    """Return the store that pages show, and whether it is the sample's.

    The sample is shown only while no load is in effect in the real store.
    """

    real, sample = data_root / "store", data_root / "sample-store"
    if (real / "store.json").is_file():
        store = Store(real)
        if in_effect(store):
            return store, False
    if (sample / "store.json").is_file():
        return Store(sample), True
    if (real / "store.json").is_file():
        return Store(real), False
    raise QuestionUnknown(
        title="There is no data yet",
        found=f"{data_root} holds neither a store nor the sample data",
        next_step="Load a file, or make the sample with “python -m leverage sample”",
    )
