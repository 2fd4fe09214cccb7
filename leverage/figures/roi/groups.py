"""The tab by group: what the time of departments and roles is worth, and what each vendor takes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from leverage import roi, words
from leverage.figures.figure import Ask, Hidden, Table
from leverage.figures.roi import said
from leverage.figures.roi.facts import Facts, Part, Spent, Subject, facts, lines
from leverage.figures.roi.overview import worked
from leverage.words import DASH

DEPARTMENTS: Final = "By department"
ROLES: Final = "By role"
VENDORS: Final = "By vendor"
SEATS: Final = "Seats"
ASSUMED: Final = "Assumed cost, as of platform, training and review"
ALL: Final = "All"


@dataclass(frozen=True)
class Groups:
    """What the tab by group shows."""

    departments: Table | Hidden
    roles: Table | Hidden
    vendors: Table | Hidden


@dataclass(frozen=True)
class _Group:
    """A department or role: its days and usage, and the case of one against the other.

    `case` is None where no person stands behind the usage.
    """

    name: str
    part: Part
    case: roi.Case | None


def groups(ask: Ask) -> Groups | None:
    """Return the tab by group, None where nothing that was loaded matches the view."""
    found = facts(ask, is_by_group=True)
    if found is None:
        return None
    one = worked(found)
    if one is None or one.case is None or one.even is None:
        why = f"Unknown: {one.why_not or said.NO_WAGE}" if one else said.why_not_one(found)
        return Groups(*(Hidden(name, why) for name in (DEPARTMENTS, ROLES, VENDORS)))
    return Groups(
        departments=_table(
            found,
            one.case,
            DEPARTMENTS,
            "Department",
            _departments(one.subject, one.this, one.case),
        ),
        roles=_table(found, one.case, ROLES, "Role", _roles(one.subject, one.this, one.case)),
        vendors=_vendors(found, ask("cost_by_vendor").frame, one.case),
    )


# ---- departments and roles ---------------------------------------------------------------------


def _departments(subject: Subject, this: Spent, case: roi.Case) -> list[_Group]:
    return [
        _Group(name, part, _against_usage(subject, case, part, this.days_by_role(name)))
        for (name, role), part in this.parts.items()
        if role is None
    ]


def _roles(subject: Subject, this: Spent, case: roi.Case) -> list[_Group]:
    parts: dict[str, list[Part]] = {}
    for (_, role), part in this.parts.items():
        if role is not None:
            parts.setdefault(role, []).append(part)
    told = []
    for role, held in parts.items():
        days = [part.person_days for part in held]
        usage = [part.usage_usd for part in held if part.usage_usd is not None]
        whole = Part(
            None if None in days else sum(n or 0.0 for n in days), sum(usage) if usage else None
        )
        by_role = {role: whole.person_days or 0.0}
        told.append(_Group(role, whole, _against_usage(subject, case, whole, by_role)))
    return told


def _against_usage(
    subject: Subject, case: roi.Case, part: Part, by_role: Mapping[str, float]
) -> roi.Case | None:
    """Return the case of a group's days against its usage, None where nobody used it."""
    if not part.person_days:
        return None
    return replace(
        case,
        lines=lines(subject.believed, part.person_days, by_role),
        cost=roi.Cost(usage_usd=part.usage_usd or 0.0, seats_usd=0.0),
    )


def _table(
    found: Facts, case: roi.Case, name: str, label: str, parts: list[_Group]
) -> Table | Hidden:
    """Return a row a group, then seats and what is assumed of cost, which belong to none."""
    with_days = [group for group in parts if group.part.person_days]
    if any(group.part.person_days is None for group in parts):
        why = "it takes five people or more in each whose days with use are known"
        return Hidden(name, f"{label}s are not told apart: {why}")
    if len(with_days) < 2:
        return Hidden(name, f"No two {label.lower()}s have enough people to be shown")
    ordered = sorted(parts, key=lambda group: (-(group.part.person_days or 0), group.name))
    rows = [_row(found, label, group) for group in ordered]
    rows += [
        _row(found, label, _Group(title, Part(0.0, usd), None))
        for title, usd in _of_no_group(case)
        if usd
    ]
    whole = _Group(ALL, Part(case.active_days, case.likeliest_cost_usd), case)
    rows.append(_row(found, label, whole))
    first = ordered[0]
    share = (first.part.person_days or 0.0) / case.active_days
    return Table(
        name=f"{name}: time saved, and what it cost, {found.when}",
        finding=f"{first.name} has {words.share(share)} of the days with use"
        + _given(case, label, with_days),
        question="days_by_group",
        metric="net_value_usd",
        rows=pl.DataFrame(rows),
        note="Value is P10 to P90 of 10,000 draws of what is assumed, of a role where it has its "
        f"own. Seats belong to no {label.lower()}, so that the break-even of one is that of its "
        "usage alone; that of all holds seats and what is assumed too. What is assumed of cost is "
        "told at its likeliest and drawn in the net of all, which is not the difference of the two "
        "beside it.",
    )


def _given(case: roi.Case, label: str, with_days: list[_Group]) -> str:
    """Say how much of the usage cost the groups with days take: the rest names nobody."""
    taken = sum(group.part.usage_usd or 0.0 for group in with_days)
    if not case.cost.usage_usd:
        return ""
    share = words.share(taken / case.cost.usage_usd)
    return f"; {share} of the usage cost can be given to {label.lower()}s with such days"


def _of_no_group(case: roi.Case) -> tuple[tuple[str, float], tuple[str, float]]:
    usage, seats = case.cost.usage_usd or 0.0, case.cost.seats_usd or 0.0
    return (SEATS, seats), (ASSUMED, case.likeliest_cost_usd - usage - seats)


def _row(found: Facts, label: str, group: _Group) -> dict[str, str]:
    returns = None if group.case is None else roi.returns(group.case)
    told = returns if isinstance(returns, roi.Returns) else None
    even = None if group.case is None else roi.break_even(group.case)
    usd = group.part.usage_usd
    net = None if told is None or usd is None else told.net_usd
    return {
        label: group.name,
        "Active days": words.count(group.part.person_days) if group.part.person_days else DASH,
        "Value": DASH if told is None else said.between_money(told.value_usd, found.currency),
        "Cost": DASH if usd is None else found.currency.say(usd),
        "Value less that cost": DASH if net is None else said.judged_between(net, found.currency),
        "Break-even of that cost": DASH if even is None else said.minutes(even.minutes),
    }


# ---- vendors -----------------------------------------------------------------------------------


def _vendors(found: Facts, rows: pl.DataFrame, case: roi.Case) -> Table | Hidden:
    """Return what each vendor takes of the break-even; the rows add up to the whole."""
    costs = (
        rows.filter(pl.col("month").is_in(list(found.whole)))
        .with_columns(
            usage=pl.sum_horizontal("billed_cost_usd", "estimated_cost_usd").cast(pl.Float64),
            seats=pl.col("seat_cost_usd").cast(pl.Float64),
        )
        .group_by("vendor")
        .agg(
            pl.col("usage").sum(), pl.when(pl.col("seats").count() > 0).then(pl.col("seats").sum())
        )
        .sort(pl.sum_horizontal("usage", "seats"), pl.col("vendor"), descending=[True, False])
    )
    if len(costs) < 2:
        return Hidden(VENDORS, "There are no two vendors to tell apart")
    whole = roi.break_even(case).minutes
    shares = [
        (vendor, usage, seats, roi.break_even(_paid(case, usage, seats or 0.0)).minutes)
        for vendor, usage, seats in costs.iter_rows()
    ]
    told = [
        {
            "Vendor": vendor,
            "Usage": found.currency.say(usage),
            "Seats": DASH if seats is None else found.currency.say(seats),
            "Of the break-even": said.minutes(minutes),
        }
        for vendor, usage, seats, minutes in shares
    ]
    assumed = _of_no_group(case)[1][1]
    if assumed:
        minutes = roi.break_even(_paid(case, assumed, 0.0)).minutes
        row = {"Vendor": ASSUMED, "Usage": DASH, "Seats": DASH}
        told.append({**row, "Of the break-even": said.minutes(minutes)})
    told.append(
        {
            "Vendor": ALL,
            "Usage": found.currency.say(case.cost.usage_usd),
            "Seats": DASH if case.cost.seats else found.currency.say(case.cost.seats_usd),
            "Of the break-even": said.minutes(whole),
        }
    )
    first, _, _, most = shares[0]
    return Table(
        name=f"{VENDORS}: its part of the minutes to be saved on each active day, {found.when}",
        finding=f"{first} takes {said.minutes(most)} of the {said.minutes(whole)} to be saved",
        question="cost_by_vendor",
        metric="break_even_minutes",
        rows=pl.DataFrame(told),
        note="On which days whose tool was used is not known, so that time saved is told of all "
        "vendors together. Their parts are those of their cost and add up to the whole.",
    )


def _paid(case: roi.Case, usage_usd: float, seats_usd: float) -> roi.Case:
    return replace(case, cost=roi.Cost(usage_usd=usage_usd, seats_usd=seats_usd))
