"""What a return rests on that nobody has measured: by name, in force, proposed or not known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from leverage import reference, roi, words
from leverage.store.assumptions import CHOICE

Row = Mapping[str, Any]

WAGE: Final = "wage_usd_per_hour"
MINUTES: Final = "minutes_saved_per_active_day"
REWORK: Final = "rework"
REALISATION: Final = "realisation"
ATTRIBUTION: Final = "attribution"
CAP: Final = "helped_hours_cap_per_active_day"
SEATS: Final = "seats_usd_per_month"
PLATFORM: Final = "platform_usd_per_month"
ENABLEMENT: Final = "enablement_usd"
REVIEW: Final = "review_hours_per_month"
RAMP: Final = "ramp_months"
DISCOUNT: Final = "discount_rate"
HORIZON: Final = "horizon_months"
WORTH: Final = "value_per_accepted_usd"
GAIN: Final = "accepted_gain_share"
SOONER: Final = "worth_usd_per_hour_sooner"
PIECE_MINUTES: Final = "minutes_saved_per_accepted"
RUNG: Final = "E5"
"""Exports of use alone stand on the lowest rung of evidence."""
BASES: Final[dict[roi.Basis, str]] = {
    "measured": "measured value",
    "outcome": "outcomes gained",
    "time": "time saved",
}
"""The ways in which a workflow can be counted; of two on one rung of evidence the first counts."""


@dataclass(frozen=True)
class Input:
    """One thing that can be assumed; `is_share` where its values lie within 0 and 1."""

    name: str
    short: str
    label: str
    unit: str
    is_share: bool = False
    is_of_work: bool = False  # said of one workflow each
    is_of_role: bool = False  # said of all roles, or of one


DESTINATIONS: Final = tuple(
    Input(
        f"reinvested_{name}_share",
        label,
        f"Freed time that went into: {label[0].lower()}{label[1:]}",
        "share",
        is_share=True,
    )
    for name, label in (
        ("same_work", "More of the same work"),
        ("other_work", "Other work"),
        ("quality", "Quality and review"),
        ("learning", "Learning"),
        ("fewer_hours", "Fewer hours or hires avoided"),
    )
)
"""Where freed time can have gone; the rest nobody has said."""

INPUTS: Final = (
    Input(
        WAGE,
        "Cost of an hour",
        "Cost of an hour of work, all that employment costs included",
        "USD per hour",
        is_of_role=True,
    ),
    Input(
        MINUTES,
        "Minutes saved",
        "Time saved on an active day",
        "minutes per active day",
        is_of_role=True,
    ),
    Input(
        REWORK,
        "Lost to rework",
        "Time saved that is lost to rework",
        "share",
        is_share=True,
        is_of_role=True,
    ),
    Input(
        REALISATION,
        "Becomes value",
        "Time saved that becomes value",
        "share",
        is_share=True,
        is_of_role=True,
    ),
    Input(
        ATTRIBUTION,
        "Put down to AI",
        "Gain that is put down to AI",
        "share",
        is_share=True,
        is_of_role=True,
    ),
    Input(
        CAP,
        "Most hours helped",
        "Most that one person can be helped on one day",
        "hours per active day",
    ),
    Input(
        SEATS,
        "Seats, monthly",
        "Seats of all vendors, where no list of seats is loaded",
        "USD per month",
    ),
    Input(
        PLATFORM, "Platform, monthly", "Platform, licences and people who run it", "USD per month"
    ),
    Input(ENABLEMENT, "Training, once", "Training and set-up, paid once", "USD"),
    Input(REVIEW, "Review hours", "Time spent to review what AI made", "hours per month"),
    Input(RAMP, "Months of ramp", "Months until the value is there in full", "months"),
    Input(DISCOUNT, "Discount rate", "Discount rate of a year", "share", is_share=True),
    Input(HORIZON, "Months of plan", "Months the plan looks ahead", "months"),
    Input(
        PIECE_MINUTES,
        "Minutes a piece",
        "Time saved on a piece of accepted work",
        "minutes per piece",
        is_of_work=True,
    ),
    Input(
        WORTH,
        "Worth of a piece",
        "Worth of a piece of accepted work",
        "USD per piece",
        is_of_work=True,
    ),
    Input(
        GAIN,
        "Pieces gained",
        "Accepted work that would not be there without AI",
        "share",
        is_share=True,
        is_of_work=True,
    ),
    Input(
        SOONER,
        "Worth of an hour sooner",
        "Worth of a piece that is done an hour sooner",
        "USD per hour",
        is_of_work=True,
    ),
    *DESTINATIONS,
)
"""In the order in which a reader needs them."""

BY_NAME: Final = {known.name: known for known in INPUTS}


@dataclass(frozen=True)
class Chosen:
    """By which basis the owner counts a workflow, who said so, since when and why."""

    basis: roi.Basis
    author: str
    since: date | None
    why: str


@dataclass(frozen=True)
class Believed:
    """What is assumed of one company: what it decided or loaded, else what is proposed.

    `own` are the assumptions of all work by name, `of_work` those of one workflow by name and
    workflow, `of_role` those of one role by name and role, `proposed` the names whose values
    nobody of the company stands for, `chosen` how workflows are counted, by their names in small
    letters.
    """

    own: dict[str, roi.Assumption]
    of_work: dict[tuple[str, str], roi.Assumption]
    of_role: dict[tuple[str, str], roi.Assumption]
    proposed: frozenset[str]
    chosen: dict[str, Chosen]

    def get(self, name: str, role: str | None = None) -> roi.Assumption | None:
        """Return what is assumed of a role, else of all work; None where it is of neither."""
        return (self.of_role.get((name, role)) if role else None) or self.own.get(name)

    def said_of(
        self, name: str, workflow: str | None = None, role: str | None = None
    ) -> roi.Assumption | None:
        """Return what is assumed of just this workflow, this role, or all work."""
        if workflow:
            return self.of_work.get((name, workflow))
        return self.of_role.get((name, role)) if role else self.own.get(name)

    @property
    def roles(self) -> tuple[str, ...]:
        """Return the roles of whose time something is assumed, alphabetically."""
        return tuple(sorted({role for name, role in self.of_role if BY_NAME[name].is_of_role}))

    def of(self, name: str, workflow: str) -> roi.Assumption | None:
        """Return what is assumed of a workflow, else of all work."""
        own = (found for (of, at), found in self.of_work.items() if of == name)
        named = (found for found in own if (found.workflow or "").lower() == workflow.lower())
        return next(named, None) or self.get(name)

    @property
    def horizon_months(self) -> int:
        """Return how many months the plan looks ahead."""
        return max(1, round(self.own[HORIZON].mode))


def believed(rows: Iterable[Row], company: str) -> Believed:
    """Return what is assumed of a company, from the question assumptions_in_force.

    What is said of the company itself counts before what is said of all of them. What is not
    within its bounds, as a share above 1 that a file brought, is left out as if nobody had said it.
    """
    own: dict[str, roi.Assumption] = {}
    of_work: dict[tuple[str, str], roi.Assumption] = {}
    of_role: dict[tuple[str, str], roi.Assumption] = {}
    chosen: dict[str, Chosen] = {}
    for row in sorted(rows, key=lambda row: row["company"] is not None):
        name = row["assumption"]
        if row["company"] not in (None, company):
            continue
        if name == CHOICE and row["workflow"] and not row["role"] and row["unit"] in BASES:
            who = row["author"] or words.UNKNOWN
            why = row["source"] or words.UNKNOWN
            choice = Chosen(row["unit"], who, row["effective_date"], why)
            chosen[row["workflow"].lower()] = choice
        if name not in BY_NAME:
            continue
        found = _assumption(row)
        if found is None:
            continue
        if found.role is not None:
            of_role[name, found.role] = found
        elif found.workflow is None:
            own[name] = found
        else:
            of_work[name, found.workflow] = found
    proposals = {proposal.name: proposal for proposal in proposed()}
    missing = frozenset(proposals) - frozenset(own)
    return Believed(
        own={**{name: proposals[name] for name in missing}, **own},
        of_work=of_work,
        of_role=of_role,
        proposed=missing,
        chosen=chosen,
    )


def proposed() -> tuple[roi.Assumption, ...]:
    """Return what is assumed until someone says better."""
    defaults = tuple(roi.default(default.name) for default in reference.roi_defaults())
    return (*defaults, roi.attribution(RUNG))


def why_not(name: str, low: float, high: float) -> str | None:
    """Say what is wrong with a range of one input, None where it can be believed."""
    known = BY_NAME[name]
    if low < 0 and name not in (MINUTES, PIECE_MINUTES, GAIN):
        return f"{known.label}: it cannot be below 0."
    if known.is_share and high > 1:
        return f"{known.label}: a share is 0 to 1, so that 0.4 is 40 %."
    if name == HORIZON and low < 1:
        return f"{known.label}: one month at least."
    return None


def in_unit(value: float, unit: str) -> str:
    """Say a value in the unit of an assumption: “40 %”, “55.00 USD per hour”, “12 minutes …”."""
    if unit == "share":
        return words.share(value)
    if unit.startswith("USD"):
        return words.money(value) + unit.removeprefix("USD")
    return f"{value:,.4g} {unit}".strip()


def short(assumed: roi.Assumption) -> str:
    """Name an assumption where there is little room: “Minutes saved”, “Minutes saved, Support”."""
    name = BY_NAME[assumed.name].short
    return f"{name}, {assumed.role}" if assumed.role else name


def number(value: float, unit: str) -> str:
    """Say a value whose unit stands beside it: “40 %” of a share, else “55” or “6,000”."""
    return words.share(value) if unit == "share" else f"{value:,.6g}"


def _assumption(row: Row) -> roi.Assumption | None:
    name, mode = row["assumption"], row["mode"]
    low, high = (mode if row[end] is None else row[end] for end in ("low", "high"))
    if not low <= mode <= high or why_not(name, low, high):
        return None
    return roi.Assumption(
        name=name,
        low=low,
        mode=mode,
        high=high,
        unit=row["unit"] or BY_NAME[name].unit,
        workflow=row["workflow"],
        role=row["role"],
        source=row["source"] or "",
        author=row["author"] or "",
        effective_date=row["effective_date"],
        evidence_grade=row["evidence_grade"] or "",
    )
