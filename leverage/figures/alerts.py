"""Alerts: what in a company's newest whole month someone should answer for, by rules with floors.

A question gives the facts of each month beside what was usual, the floors are rows of a reference
table, and what people have decided on an alert comes from the store. An unknown figure gives none.
"""

import csv
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import polars as pl

from leverage import queries, words
from leverage.ask import WHOLE_ONLY
from leverage.figures.figure import Ask, points
from leverage.figures.scope import listed
from leverage.privacy import K
from leverage.stats.spread import MAD_TO_DEVIATION
from leverage.view import shift

FLOORS: Final = Path(__file__).parents[2] / "data" / "reference" / "alert_rules.csv"
MOST_SHOWN: Final = 5
OPEN: Final = "open"
DONE: Final = "done"

HOURS: Final = {
    "resolution_hours": "the hours to resolve a ticket",
    "lead_time_hours": "the hours from commit to production",
}
Row = Mapping[str, Any]
Floors = Mapping[str, float]


class Said(NamedTuple):
    """An alert in words: what is so, what it is compared with, and what it rests on."""

    sentence: str
    compared_with: str
    n: str


@dataclass(frozen=True)
class Rule:
    """One rule: which question holds its facts, and what it makes of a row.

    `subject` names what within a company a row is about, nothing where it is all of it. `holds`
    tells whether a row reaches all floors, None where that cannot be told of it. `say` puts a row
    that does into words, with the name of the company.
    """

    name: str
    area: str
    checks: str
    question: str
    metric: str
    subject: Callable[[Row], str]
    holds: Callable[[Row, Floors], bool | None]
    say: Callable[[Row, str], Said]


@dataclass(frozen=True)
class Alert:
    """One alert of a company and month, and what was decided on it.

    `since` is the first month of the unbroken run of whole months for which the rule holds, as far
    back as a trend goes. `was_done_in` names the month it was done in before it opened again.
    """

    rule: str
    company: str
    subject: str
    month: str
    area: str
    sentence: str
    compared_with: str
    n: str
    metric: str
    question: str
    since: str
    state: str = OPEN
    owner: str | None = None
    note: str | None = None
    author: str | None = None
    decided_at: datetime | None = None
    was_done_in: str | None = None

    @property
    def name(self) -> str:
        """Return what the store calls it within its company: the rule, and what it is about."""
        return f"{self.rule}/{self.subject}" if self.subject else self.rule

    @property
    def id(self) -> str:
        """Return what tells it from every other, the same in every month and data version."""
        return f"{self.company}/{self.name}"


@dataclass(frozen=True)
class Alerts:
    """The alerts of a month: the open ones, the newest of each area first, and the settled ones.

    `checked` and `unchecked` say of which matters there was enough to tell, and of which not;
    `not_whole` are companies of which the month is not whole. `hidden` says why nothing is told.
    """

    month: str
    open: tuple[Alert, ...] = ()
    settled: tuple[Alert, ...] = ()
    checked: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    not_whole: tuple[str, ...] = ()
    hidden: str | None = None

    @property
    def all(self) -> tuple[Alert, ...]:
        """Return every alert that holds, whatever its state."""
        return (*self.open, *self.settled)


def alerts(ask: Ask) -> Alerts:
    """Return the alerts of the last month of the view's window, of the companies in view."""
    states = ask("alert_states")
    month = states.window.last
    if states.view.is_narrowed:
        return Alerts(month, hidden=WHOLE_ONLY)
    decided = {(row["company"], row["alert"]): row for row in states.frame.iter_rows(named=True)}
    facts = {rule.question: ask(rule.question).frame for rule in RULES}
    found: list[Alert] = []
    checked: dict[str, bool] = {}
    for rule in RULES:
        told = list(_told(rule, facts[rule.question], month))
        checked[rule.checks] = bool(told) or checked.get(rule.checks, False)
        found += [_with_state(alert, decided) for alert in told if alert is not None]
    return Alerts(
        month=month,
        open=_newest_of_each_area(alert for alert in found if alert.state == OPEN),
        settled=_newest_of_each_area(alert for alert in found if alert.state != OPEN),
        checked=tuple(name for name, is_checked in checked.items() if is_checked),
        unchecked=tuple(name for name, is_checked in checked.items() if not is_checked),
        not_whole=_not_whole(facts.values(), month),
    )


def _told(rule: Rule, rows: pl.DataFrame, month: str) -> Iterator[Alert | None]:
    """Yield for each company and subject that can be told of its alert, None where it has none."""
    floors = floors_of(rule.name)
    by_month: dict[tuple[str, str], dict[str, Row]] = {}
    for row in rows.iter_rows(named=True):
        by_month.setdefault((row["company"], rule.subject(row)), {})[row["month"]] = row
    for (company, subject), known in by_month.items():
        holds = rule.holds(known[month], floors) if month in known else None
        if holds is None:
            continue
        if not holds:
            yield None
            continue
        since = month
        while (before := shift(since, -1)) in known and rule.holds(known[before], floors):
            since = before
        said = rule.say(known[month], company)
        yield Alert(
            rule=rule.name,
            company=company,
            subject=subject,
            month=month,
            area=rule.area,
            metric=rule.metric,
            question=rule.question,
            since=since,
            **said._asdict(),
        )


def _with_state(alert: Alert, decided: Mapping[tuple[str, str], Row]) -> Alert:
    """Return an alert as it was decided on; what was done in an earlier month is open again."""
    row = decided.get((alert.company, alert.name))
    if row is None:
        return alert
    is_open_again = row["state"] == DONE and row["month"] < alert.month
    return replace(
        alert,
        state=OPEN if is_open_again else row["state"],
        owner=row["owner"],
        note=row["note"],
        author=row["author"],
        decided_at=row["decided_at"],
        was_done_in=row["month"] if is_open_again else None,
    )


def _newest_of_each_area(found: Iterable[Alert]) -> tuple[Alert, ...]:
    """Return alerts so that what is new comes first, and no area crowds out the others."""
    newest_first = sorted(found, key=lambda alert: alert.since, reverse=True)
    seen: Counter[str] = Counter()
    ranks = []
    for alert in newest_first:
        ranks.append(seen[alert.area])
        seen[alert.area] += 1
    ranked = sorted(zip(ranks, newest_first, strict=True), key=lambda pair: pair[0])
    return tuple(alert for _, alert in ranked)


def _not_whole(frames: Iterable[pl.DataFrame], month: str) -> tuple[str, ...]:
    """Return the companies that have whole months, but not this one."""
    seen = {
        (row["company"], row["month"] == month)
        for frame in frames
        for row in frame.iter_rows(named=True)
    }
    return tuple(sorted(name for name, is_this in seen if not is_this and (name, True) not in seen))


# ---- the floors --------------------------------------------------------------------------------


@cache
def floors_of(rule: str) -> dict[str, float]:
    """Return the floors of a rule by their names."""
    return {row["threshold"]: float(row["value"]) for row in _rows() if row["rule"] == rule}


def floors_table() -> pl.DataFrame:
    """Return every floor with its value and reason, in words."""
    return pl.DataFrame(
        [
            {
                "Floor": row["label"],
                "Value": _value(row),
                "Why": row["why"][0].upper() + row["why"][1:],
            }
            for row in _rows()
        ]
    )


def _value(row: Mapping[str, str]) -> str:
    value, unit = float(row["value"]), row["unit"]
    if unit == "USD":
        return words.money(value)
    if unit == "points":
        return points(value)
    return words.share(value) if unit in ("share", "ratio") else f"{value:g}"


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with FLOORS.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _reaches(value: float, floor: float) -> bool:
    """Tell whether a value is at its floor or above; 0.5 less 0.45 is 0.05 to a person."""
    return value >= floor or math.isclose(value, floor, rel_tol=1e-9)


def _standard_errors(rate: float, n: float, usual: float, n_before: float) -> float:
    """Return by how many standard errors a rate is above another: the test of two proportions."""
    both = (rate * n + usual * n_before) / (n + n_before)
    spread = both * (1 - both) * (1 / n + 1 / n_before)
    # Rates of above one are none of a proportion; there the other floors decide.
    return (rate - usual) / math.sqrt(spread) if spread > 0 else math.inf


# ---- cost --------------------------------------------------------------------------------------


def _costs_more(row: Row, floors: Floors) -> bool | None:
    if row["months_before"] < floors["least_months"]:
        return None
    cost, usual = float(row["full_cost_usd"]), row["usual_cost_usd"]
    deviation = MAD_TO_DEVIATION * row["deviation_usd"]
    return (
        _reaches(cost, floors["least_ratio"] * usual)
        and _reaches(cost - usual, floors["least_rise_usd"])
        and _reaches(cost - usual, floors["least_deviations"] * deviation)
    )


def _say_cost(row: Row, company: str) -> Said:
    cost, usual = row["full_cost_usd"], row["usual_cost_usd"]
    return Said(
        f"{row['vendor']} cost {company} {words.money(cost)}",
        f"{words.change(cost, usual)} on {words.money(usual)}, the median of "
        f"{words.count(row['months_before'])} months before",
        f"{words.count(row['months_before'])} months",
    )


def _is_over_budget(row: Row, floors: Floors) -> bool:
    return bool(float(row["full_cost_usd"]) > floors["most_ratio"] * row["budget_usd"])


def _say_budget(row: Row, company: str) -> Said:
    cost, budget = row["full_cost_usd"], row["budget_usd"]
    what = f"{row['vendor']} cost {company}" if row["vendor"] else f"AI cost {company}"
    return Said(
        f"{what} {words.money(cost)}, more than the budget",
        f"{words.change(cost, budget)} on the {words.money(budget)} budgeted",
        "1 month",
    )


# ---- adoption ----------------------------------------------------------------------------------


def _is_used_by_fewer(row: Row, floors: Floors) -> bool | None:
    if row["months_before"] < floors["least_months"]:
        return None
    return _reaches(
        row["usual_active_share"] - row["active_share"], floors["least_fall"]
    ) and _reaches(row["usual_active_people"] - row["active_people"], floors["least_people"])


def _say_active(row: Row, company: str) -> Said:
    return Said(
        f"{words.share(row['active_share'])} of {company} used AI",
        f"down from {words.share(row['usual_active_share'])} in the three months before, "
        f"{words.count(row['active_people'])} people instead of "
        f"{words.count(row['usual_active_people'])}",
        f"{words.count(row['employees'])} employees",
    )


def _is_idle(row: Row, floors: Floors) -> bool | None:
    if row["seats"] < floors["least_seats"]:
        return False
    if row["is_few"]:
        return bool(floors["least_seat_use"] * row["seats"] > K - 1)
    return bool(row["seat_use"] < floors["least_seat_use"])


def _say_seats(row: Row, company: str) -> Said:
    people = f"fewer than {K}" if row["is_few"] else words.count(row["active_people"])
    used = "" if row["is_few"] else f"{words.share(row['seat_use'])} of "
    lead = "Few of " if row["is_few"] else used
    seats = words.count(row["seats"])
    return Said(
        f"{lead}{company}'s {row['vendor']} seats are in use",
        f"{people} people used it, {seats} seats are paid for",
        f"{seats} seats",
    )


# ---- outcomes ----------------------------------------------------------------------------------


def _is_done_again(row: Row, floors: Floors) -> bool | None:
    rate, usual = row["rework_rate"], row["usual_rework_rate"]
    if rate is None or row["rework_months_before"] < floors["least_months"]:
        return None
    n = row["completed"]
    return (
        n >= floors["least_n"]
        and rate > usual
        and _reaches(rate, floors["least_ratio"] * usual)
        and _reaches(_standard_errors(rate, n, usual, row["completed_before"]), floors["least_z"])
    )


def _say_rework(row: Row, company: str) -> Said:
    return Said(
        f"{words.share(row['rework_rate'])} of the work at {company} was done again",
        f"{words.share(row['usual_rework_rate'])} in the median of the six months before",
        f"{words.count(row['completed'])} completed",
    )


def _takes_longer(row: Row, floors: Floors) -> bool | None:
    hours, usual = row["hours"], row["usual_hours"]
    if hours is None or not usual or row["months_before"] < floors["least_months"]:
        return None
    return row["cases"] >= floors["least_n"] and _reaches(hours, floors["least_ratio"] * usual)


def _say_hours(row: Row, company: str) -> Said:
    hours, usual = row["hours"], row["usual_hours"]
    return Said(
        f"{HOURS[row['metric']].capitalize()} at {company} are {hours:.1f}",
        f"{words.change(hours, usual)} on {usual:.1f}, the median of the six months before",
        f"{words.count(row['cases'])} cases",
    )


# ---- oversight ---------------------------------------------------------------------------------


def _is_unseen(row: Row, floors: Floors) -> bool | None:
    coverage = row["oversight_coverage"]
    if coverage is None:
        return None
    is_enough = row["needs_review"] >= floors["least_n"]
    return bool(is_enough and coverage < floors["least_coverage"])


def _say_coverage(row: Row, company: str) -> Said:
    return Said(
        f"{words.share(row['oversight_coverage'])} of the work at {company} that needs review "
        "was reviewed",
        f"at least {words.share(floors_of('coverage_low')['least_coverage'])} should be",
        f"{words.count(row['needs_review'])} that need review",
    )


def _escapes(row: Row, floors: Floors) -> bool | None:
    rate, usual = row["escape_rate"], row["usual_escape_rate"]
    if rate is None or usual is None or row["escape_months_before"] < floors["least_months"]:
        return None
    n = row["accepted"]
    return (
        n >= floors["least_n"]
        and rate > floors["most_ratio"] * usual
        and _reaches(_standard_errors(rate, n, usual, row["accepted_before"]), floors["least_z"])
    )


def _say_escapes(row: Row, company: str) -> Said:
    rate, usual = row["escape_rate"], row["usual_escape_rate"]
    return Said(
        f"{_per_hundred(rate)} defects per 100 accepted pieces of work left {company}",
        f"{words.change(rate, usual)} on {_per_hundred(usual)} in the three months before",
        f"{words.count(row['accepted'])} accepted",
    )


def _per_hundred(rate: float) -> str:
    return f"{100 * rate:.1f}"


def _has_no_owner(row: Row, floors: Floors) -> bool | None:
    share = _owned(row)
    return None if share is None else share < floors["least_share"]


def _owned(row: Row) -> float | None:
    """Return the share, or what it is at least: both in steps, so one below the floor is so."""
    share, least = row["known_owner_share"], row["known_owner_share_at_least"]
    known: float | None = least if share is None else share
    return known


def _say_owners(row: Row, company: str) -> Said:
    at_least = "At least " if row["known_owner_share"] is None else ""
    return Said(
        f"{at_least}{words.share(_owned(row))} of the use at {company} has a known owner",
        f"at least {words.share(floors_of('owners_unknown')['least_share'])} should have one",
        f"{words.tokens(row['tokens'])} tokens",
    )


# ---- the rules, in the order of the table ------------------------------------------------------


def _whole(_row: Row) -> str:
    return ""


def _of_vendor(row: Row) -> str:
    return str(row["vendor"] or "")


RULES: Final = (
    Rule(
        "cost_rise",
        "Cost",
        "the cost of each vendor",
        "alert_costs",
        "full_cost_usd",
        _of_vendor,
        _costs_more,
        _say_cost,
    ),
    Rule(
        "over_budget",
        "Cost",
        "budgets",
        "alert_budgets",
        "full_cost_usd",
        _of_vendor,
        _is_over_budget,
        _say_budget,
    ),
    Rule(
        "active_fall",
        "Adoption",
        "the share of active people",
        "alert_adoption",
        "active_share",
        _whole,
        _is_used_by_fewer,
        _say_active,
    ),
    Rule(
        "seats_idle",
        "Adoption",
        "seats in use",
        "alert_seats",
        "seat_use",
        _of_vendor,
        _is_idle,
        _say_seats,
    ),
    Rule(
        "rework_rise",
        "Outcome",
        "rework",
        "alert_work",
        "rework_rate",
        _whole,
        _is_done_again,
        _say_rework,
    ),
    Rule(
        "slower",
        "Outcome",
        "the hours to resolution and production",
        "alert_hours",
        "mean_hours",
        lambda row: str(row["metric"]),
        _takes_longer,
        _say_hours,
    ),
    Rule(
        "coverage_low",
        "Oversight",
        "oversight coverage",
        "alert_work",
        "oversight_coverage",
        _whole,
        _is_unseen,
        _say_coverage,
    ),
    Rule(
        "escape_rise",
        "Oversight",
        "escaped defects",
        "alert_work",
        "escape_rate",
        _whole,
        _escapes,
        _say_escapes,
    ),
    Rule(
        "owners_unknown",
        "Oversight",
        "known owners",
        "alert_owners",
        "known_owner_share",
        _whole,
        _has_no_owner,
        _say_owners,
    ),
)
"""Every rule; those of one question share its rows."""


# ---- in words ----------------------------------------------------------------------------------


def what_was_checked(found: Alerts) -> tuple[str, ...]:
    """Say what was looked at, what could not be, and of which companies nothing was."""
    month = words.month_name(found.month)
    said = []
    if found.checked:
        said.append(f"Checked for {month}: {listed(found.checked, len(RULES))}")
    if found.unchecked:
        said.append(
            "Not checked, because what it takes or the months before are not loaded: "
            f"{listed(found.unchecked, len(RULES))}"
        )
    if found.not_whole:
        said.append(f"Not checked, because {month} is not complete: {listed(found.not_whole)}")
    return tuple(said)


def where_from() -> str:
    """Name the questions that alerts come from, as the page Methods lists them."""
    names = dict.fromkeys(rule.question for rule in RULES)
    return " ".join(str(queries.get("questions", name).header["title"]) for name in names)


def line(alert: Alert) -> str:
    """Say of an alert what it is compared with and rests on, since when it holds, and whose it is.

    After its state stands who decided so, and when.
    """
    n = "" if alert.n in alert.compared_with else f" (n = {alert.n})"
    parts = [
        f"{alert.compared_with}{n}",
        f"since {words.month_name(alert.since)}",
        f"owner: {alert.owner or 'nobody yet'}",
        alert.state,
    ]
    if alert.was_done_in is not None:
        parts[-1] = f"open again, was done in {words.month_name(alert.was_done_in)}"
    if alert.author is not None and alert.decided_at is not None:
        day = alert.decided_at.date()
        parts[-1] += f" ({alert.author}, {words.days(day, day)})"
    if alert.note:
        parts.append(f"“{alert.note}”")
    return " · ".join(parts)
