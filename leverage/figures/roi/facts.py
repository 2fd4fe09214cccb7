"""What a return is worked out of: the cost and the days of whole months, and what is believed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from leverage import roi, words
from leverage.figures.figure import Ask
from leverage.figures.ground import Ground, ground
from leverage.figures.roi import believed
from leverage.figures.roi.believed import Believed
from leverage.view import shift, span

Row = Mapping[str, Any]

LEAST_DATED: Final = 0.8
"""Where the days of fewer of the people are known, what an active day costs is not."""
WHOLE_ONLY: Final = (
    "Told for whole companies only: seats, days and what an hour is worth are not known of a "
    "department, a vendor, a model or a kind of work"
)


@dataclass(frozen=True)
class Spent:
    """What one company spent in some whole months, and on how many days its people used AI.

    Money is None where unknown. `dated_share` is the share of people with use whose days are known,
    `priced_share` that of tokens with a known cost.
    """

    months: int
    usage_usd: float | None
    estimated_usd: float
    seats_usd: float | None
    person_days: float | None
    people: float  # active people, summed over the months
    dated_share: float | None
    priced_share: float | None

    @property
    def full_cost_usd(self) -> float | None:
        """Return usage and seats, None where one of them is unknown."""
        if self.usage_usd is None or self.seats_usd is None:
            return None
        return self.usage_usd + self.seats_usd

    @property
    def why_no_days(self) -> str | None:
        """Say why the days of its people are not known, None where they are."""
        if not self.people:
            return "no source names people with use"
        if not self.person_days or self.dated_share is None:
            return "no source says on which days people used AI"
        if self.dated_share < LEAST_DATED:
            return f"the days of only {words.share(self.dated_share)} of the people are known"
        return None


@dataclass(frozen=True)
class Subject:
    """One company in view: what it spent in the window and before, by month, and believes."""

    company: str
    this: Spent | None  # None where no month of the window is whole
    before: Spent | None
    by_month: dict[str, Spent]
    believed: Believed

    def case(self, spent: Spent, other: Believed | None = None) -> roi.Case | None:
        """Return the case of some months, None where an hour of work has no cost.

        `other` stands for what is believed in its place.
        """
        held = other or self.believed
        wage = held.get(believed.WAGE)
        if wage is None:
            return None
        line = roi.TimeSaved(
            workflow=None,
            active_days=0.0 if spent.why_no_days else (spent.person_days or 0.0),
            wage=wage,
            rework=held.own[believed.REWORK],
            realisation=held.own[believed.REALISATION],
            attribution=held.own[believed.ATTRIBUTION],
            minutes=held.get(believed.MINUTES),
        )
        review = held.get(believed.REVIEW)
        return roi.Case(
            months=spent.months,
            lines=(line,),
            cost=roi.Cost(
                usage_usd=spent.usage_usd,
                seats_usd=spent.seats_usd,
                priced_share=spent.priced_share,
                platform=held.get(believed.PLATFORM),
                enablement=held.get(believed.ENABLEMENT),
                review_hours=review,
                review_wage=wage if review else None,
            ),
            cap_hours=held.get(believed.CAP),
            discount_rate=held.own[believed.DISCOUNT],
            ramp_months=held.get(believed.RAMP),
            horizon_months=held.horizon_months,
        )


@dataclass(frozen=True)
class Facts(Ground):
    """The answers of the page: the companies in view, and the whole months they are told for."""

    subjects: tuple[Subject, ...]
    whole: tuple[str, ...]  # of the window

    @property
    def subject(self) -> Subject | None:
        """Return the one company in view, None where there are several or none."""
        return self.subjects[0] if len(self.subjects) == 1 else None

    @property
    def when(self) -> str:
        """Name the whole months of the window: “October 2026”."""
        return words.period(self.whole[0], self.whole[-1]) if self.whole else self.span.span.name

    @property
    def why_nothing(self) -> str | None:
        """Say why nothing can be told under this view, None where something can."""
        if self.view.is_narrowed:
            return WHOLE_ONLY
        if not self.whole:
            return "No month in view is whole: a part of one is never set against seats of all"
        return None


def facts(ask: Ask) -> Facts | None:
    """Return what the page is made of, None where nothing that was loaded matches the view."""
    base = ground(ask)
    if base is None:
        return None
    window = base.headline.window
    complete = set(ask("months").frame.filter(pl.col("is_complete"))["month"].to_list())
    whole = [month for month in _between(window.first, window.last) if month in complete]
    earlier = [] if window.previous is None else _between(*window.previous)
    spent = ask("cost_and_days").frame
    priced = ask("coverage_shares").frame
    held = ask("assumptions_in_force").frame.to_dicts()
    subjects = []
    for company in sorted(set(spent["company"].to_list())):
        rows = {row["month"]: row for row in spent.filter(company=company).iter_rows(named=True)}
        share = _priced(priced.filter(pl.col("company") == company), whole)
        by_month = {
            month: of_month
            for month in sorted(set(rows) & complete)
            if (of_month := _spent(rows, [month], share)) is not None
        }
        this = _spent(rows, whole, share)
        if this is not None:
            before = _spent(rows, earlier, share) if set(earlier) <= complete else None
            found = believed.believed(held, company)
            subjects.append(Subject(company, this, before, by_month, found))
    return Facts(**base.of(), subjects=tuple(subjects), whole=tuple(whole))


def _between(first: str, last: str) -> list[str]:
    return [shift(first, offset) for offset in range(span(first, last))]


def _spent(
    rows: Mapping[str, Row], months: Sequence[str], priced_share: float | None
) -> Spent | None:
    """Return the sums of some months, None where the company has no row in one of them."""
    if not months or not set(months) <= set(rows):
        return None
    held = [rows[month] for month in months]
    estimated = sum(float(row["estimated_cost_usd"] or 0) for row in held)
    usage = [_usage(row) for row in held]
    seats = [row["seat_cost_usd"] if row["is_seats_known"] else None for row in held]
    # Days are known where every month has them: else an active day would carry other months' cost.
    days = [row["person_days"] for row in held]
    people = sum(row["active_people"] or 0 for row in held)
    dated = sum(row["people_with_days"] or 0 for row in held)
    return Spent(
        months=len(months),
        usage_usd=None if None in usage else sum(float(cost or 0) for cost in usage),
        estimated_usd=estimated,
        seats_usd=None if None in seats else sum(float(cost or 0) for cost in seats),
        person_days=None if None in days else float(sum(days)),
        people=people,
        dated_share=dated / people if people else None,
        priced_share=priced_share,
    )


def _usage(row: Row) -> Any:
    """Return what the use of a month cost; 0 where seats alone were paid for it."""
    if row["billed_cost_usd"] is None and row["estimated_cost_usd"] is None:
        return 0 if row["is_seats_known"] else None
    return (row["billed_cost_usd"] or 0) + (row["estimated_cost_usd"] or 0)


def _priced(rows: pl.DataFrame, months: Sequence[str]) -> float | None:
    """Return the share of tokens with a known cost, None where there are no tokens."""
    held = rows.filter(pl.col("month").is_in(months))
    tokens, with_cost = (float(held[name].sum()) for name in ("tokens", "tokens_with_cost"))
    return with_cost / tokens if tokens else None
