"""What a return is worked out of: the cost and the days of whole months, and what is believed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from leverage import roi, words
from leverage.figures.currency import reported
from leverage.figures.figure import Ask
from leverage.figures.ground import Ground, ground
from leverage.figures.roi import believed
from leverage.figures.roi.believed import Believed
from leverage.view import shift, span

Row = Mapping[str, Any]

QUESTION: Final = "cost_and_days"
LEAST_DATED: Final = 0.8
"""Where the days of fewer of the people are known, what an active day costs is not."""
WHOLE_ONLY: Final = (
    "Told for whole companies only: seats, days and what an hour is worth are not known of a "
    "department, a vendor, a model or a kind of work"
)


@dataclass(frozen=True)
class Part:
    """Days with use and cost of use of a department, or of one role in it; None where unknown."""

    person_days: float | None
    usage_usd: float | None


@dataclass(frozen=True)
class Spent:
    """What one company spent in some whole months, and on how many days its people used AI.

    Money is None where unknown. `dated_share` is the share of people with use whose days are known,
    `priced_share` that of tokens with a known cost. `parts` are the departments that may be shown,
    and their roles, by (department, role); the role is None for the whole department.
    """

    months: int
    usage_usd: float | None
    estimated_usd: float
    seats_usd: float | None
    person_days: float | None
    people: float  # active people, summed over the months
    dated_share: float | None
    priced_share: float | None
    parts: Mapping[tuple[str, str | None], Part] = field(default_factory=dict)

    @property
    def usage_share_of_days(self) -> float:
        """Return the share of the usage cost behind which people with days stand, 1 if unknown.

        The rest is that of services and of whoever no source names.
        """
        held = [part for (_, role), part in self.parts.items() if role is None and part.person_days]
        if not held or not self.usage_usd:
            return 1.0
        return min(1.0, sum(part.usage_usd or 0.0 for part in held) / self.usage_usd)

    def days_by_role(self, department: str | None = None) -> dict[str, float]:
        """Return the days of each role of a department, of all of them without one.

        A role is left out where its days are not known of every department it is shown in.
        """
        days: dict[str, float] = {}
        unknown = set()
        for (of, role), part in self.parts.items():
            if role is None or department not in (None, of):
                continue
            if part.person_days is None:
                unknown.add(role)
            days[role] = days.get(role, 0.0) + (part.person_days or 0.0)
        return {role: n for role, n in days.items() if role not in unknown}

    @property
    def full_cost_usd(self) -> float | None:
        """Return usage and seats, None where one of them is unknown."""
        if self.usage_usd is None or self.seats_usd is None:
            return None
        return self.usage_usd + self.seats_usd

    @property
    def usd_per_active_day(self) -> float | None:
        """Return what a day with use cost, None where cost or days are unknown."""
        if self.full_cost_usd is None or self.why_no_days or not self.person_days:
            return None
        return self.full_cost_usd / self.person_days

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
        days = 0.0 if spent.why_no_days else (spent.person_days or 0.0)
        review = held.get(believed.REVIEW)
        # A list of seats is better than any belief about them.
        seats = held.get(believed.SEATS) if spent.seats_usd is None else None
        return roi.Case(
            months=spent.months,
            lines=lines(held, days, spent.days_by_role()),
            cost=roi.Cost(
                usage_usd=spent.usage_usd,
                seats_usd=0.0 if seats else spent.seats_usd,
                seats=seats,
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


def lines(held: Believed, days: float, by_role: Mapping[str, float]) -> tuple[roi.TimeSaved, ...]:
    """Return the time saved on some days: a line for each role with assumptions of its own, a rest.

    What is assumed of a role whose days are not known changes nothing; the page says so. What an
    hour of work costs must be assumed.
    """
    own = {role: by_role[role] for role in held.roles if by_role.get(role)}
    rest = max(days - sum(own.values()), 0.0)
    of_all: list[tuple[str | None, float]] = [*own.items()]
    if rest or not own:
        of_all.append((None, rest))
    return tuple(
        roi.TimeSaved(
            workflow=None,
            active_days=n,
            wage=held.get(believed.WAGE, role) or held.own[believed.WAGE],
            rework=held.get(believed.REWORK, role) or held.own[believed.REWORK],
            realisation=held.get(believed.REALISATION, role) or held.own[believed.REALISATION],
            attribution=held.get(believed.ATTRIBUTION, role) or held.own[believed.ATTRIBUTION],
            minutes=held.get(believed.MINUTES, role),
        )
        for role, n in of_all
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


def facts(ask: Ask, *, is_by_group: bool = False) -> Facts | None:
    """Return what the page is made of, None where nothing that was loaded matches the view.

    Departments and roles are asked for where something is assumed of a role, or `is_by_group`.
    """
    base = ground(ask, reported(ask))
    if base is None:
        return None
    window = base.headline.window
    complete = set(ask("months").frame.filter(pl.col("is_complete"))["month"].to_list())
    whole = [month for month in _between(window.first, window.last) if month in complete]
    earlier = [] if window.previous is None else _between(*window.previous)
    spent = ask("cost_and_days").frame
    priced = ask("coverage_shares").frame
    held = ask("assumptions_in_force").frame.to_dicts()
    is_by_group = is_by_group or any(row["role"] for row in held)
    groups = ask("days_by_group").frame if is_by_group else None
    subjects = []
    for company in sorted(set(spent["company"].to_list())):
        rows = {row["month"]: row for row in spent.filter(company=company).iter_rows(named=True)}
        share = _priced(priced.filter(pl.col("company") == company), whole)
        parts = [] if groups is None else groups.filter(company=company).to_dicts()
        by_month = {
            month: of_month
            for month in sorted(set(rows) & complete)
            if (of_month := _spent(rows, [month], share, parts)) is not None
        }
        this = _spent(rows, whole, share, parts)
        if this is not None:
            before = _spent(rows, earlier, share, parts) if set(earlier) <= complete else None
            found = believed.believed(held, company)
            subjects.append(Subject(company, this, before, by_month, found))
    return Facts(**base.of(), subjects=tuple(subjects), whole=tuple(whole))


def _between(first: str, last: str) -> list[str]:
    return [shift(first, offset) for offset in range(span(first, last))]


def _spent(
    rows: Mapping[str, Row], months: Sequence[str], priced_share: float | None, parts: Sequence[Row]
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
        parts=_parts([row for row in parts if row["month"] in months]),
    )


def _parts(rows: Sequence[Row]) -> dict[tuple[str, str | None], Part]:
    """Return the sums of each department and role; days are known where every month has them."""
    found: dict[tuple[str, str | None], list[Row]] = {}
    for row in rows:
        found.setdefault((row["department"], row["role"]), []).append(row)
    return {place: _part(held) for place, held in found.items()}


def _part(rows: Sequence[Row]) -> Part:
    days = [row["person_days"] for row in rows]
    costs = [row[name] for row in rows for name in ("billed_cost_usd", "estimated_cost_usd")]
    known = [float(cost) for cost in costs if cost is not None]
    return Part(None if None in days else float(sum(days)), sum(known) if known else None)


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
