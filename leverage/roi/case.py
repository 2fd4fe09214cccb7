"""What use is worth and what it costs, every input a range, and where the two are equal.

Time saved counts as hours × wage × (1 − rework) × realisation × attribution; outcomes count as
pieces × gain × worth × attribution, for what was gained there is already real, whether the gain is
assumed or was measured. Per workflow one of the three is chosen, never two. Value is hours and
outcomes put in money: it is set against money paid and never added to it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Final, Literal

import numpy as np

from leverage.errors import ChangeRefused
from leverage.roi.assumptions import Array, Assumption, drawn

Basis = Literal["time", "outcome", "measured"]
Reason = Literal["no use", "cost unknown", "tokens unpriced", "gain unknown", "no gain"]
"""Why something is not known; “no gain” means that no time is saved, or none worth money."""
At = Callable[[Assumption], Array]

LEAST_PRICED: Final = 0.8
"""Below this share of tokens with a known cost there is no return: the cost is not known."""
HORIZON_MONTHS: Final = 36
MINUTES: Final = 60


@dataclass(frozen=True)
class TimeSaved:
    """Time that use saves in one workflow, or in one role within it.

    `active_days` are person-days with use in the window. `minutes` are saved per active day, None
    where nobody has said how many; `wage` is in USD per hour with all that employment costs;
    `rework` (the share of saved time that is lost again), `realisation` and `attribution` are
    shares, 0 to 1. A `workflow` of None is all work.
    """

    workflow: str | None
    active_days: float
    wage: Assumption
    rework: Assumption
    realisation: Assumption
    attribution: Assumption
    minutes: Assumption | None = None

    basis: ClassVar[Basis] = "time"

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """Return what it rests on."""
        told = (self.wage, self.rework, self.realisation, self.attribution)
        return told if self.minutes is None else (self.minutes, *told)

    def hours(self, at: At) -> Array:
        """Return the hours saved in the window, before rework and before any cap."""
        if self.minutes is None:
            msg = "nobody has said how many minutes are saved"
            raise ValueError(msg)
        return self.active_days * at(self.minutes) / MINUTES

    def realised_hours(self, at: At) -> Array:
        """Return the hours that became value: not lost to rework, realised and put down to AI."""
        kept = (1 - at(self.rework)) * at(self.realisation) * at(self.attribution)
        return self.hours(at) * kept

    def usd_if_realised(self, at: At) -> Array:
        """Return what an hour saved would be worth if every hour were realised."""
        return at(self.wage) * (1 - at(self.rework)) * at(self.attribution)

    def usd_per_hour(self, at: At) -> Array:
        """Return what an hour saved is worth."""
        return self.usd_if_realised(at) * at(self.realisation)


@dataclass(frozen=True)
class OutcomesGained:
    """Outcomes that use makes better in one workflow.

    `n` outcomes of the window, each better by `gain` in a unit of its own (hours of repair saved,
    share accepted; below 0 is worse), a unit of which is worth `worth` USD.
    """

    workflow: str | None
    n: float
    gain: Assumption
    worth: Assumption
    attribution: Assumption

    basis: ClassVar[Basis] = "outcome"

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """Return what it rests on."""
        return (self.gain, self.worth, self.attribution)

    def value(self, at: At) -> Array:
        """Return what was gained in the window, in USD."""
        return self.n * at(self.gain) * at(self.worth) * at(self.attribution)

    @property
    def likeliest_usd(self) -> float:
        """Return what was gained, everything assumed at its likeliest."""
        return float(self.value(likeliest)[0])


@dataclass(frozen=True)
class GainMeasured(OutcomesGained):
    """Outcomes whose gain was measured around something that was done."""

    basis: ClassVar[Basis] = "measured"


Line = TimeSaved | OutcomesGained


@dataclass(frozen=True)
class Cost:
    """What the use of a window costs: seats and usage as known, the rest as believed.

    `usage_usd` and `seats_usd` are of the whole window, None where unknown and 0 where nothing was
    paid; `priced_share` is the share of tokens with a known cost, None where there are no tokens.
    `seats` and `platform` are in USD a month, `review_hours` in hours a month, paid at
    `review_wage`; `enablement` is paid once. `seats` is for what no file tells, beside the known.
    """

    usage_usd: float | None
    seats_usd: float | None
    priced_share: float | None = None
    seats: Assumption | None = None
    platform: Assumption | None = None
    enablement: Assumption | None = None
    review_hours: Assumption | None = None
    review_wage: Assumption | None = None

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """Return what it rests on."""
        told = (self.seats, self.platform, self.enablement, self.review_hours, self.review_wage)
        return tuple(assumption for assumption in told if assumption is not None)

    @property
    def left_out(self) -> tuple[str, ...]:
        """Return the kinds of cost that nothing was said of, so that they are not in it."""
        told = {
            "platform": self.platform,
            "enablement": self.enablement,
            "review": self.review_hours and self.review_wage,
        }
        return tuple(name for name, assumption in told.items() if assumption is None)

    def monthly(self, at: At, months: int) -> Array:
        """Return what a month of the window costs, without what is paid once."""
        known = np.asarray([(self.usage_usd or 0.0) + (self.seats_usd or 0.0)]) / months
        for monthly in (self.seats, self.platform):
            if monthly is not None:
                known = known + at(monthly)
        if self.review_hours is not None and self.review_wage is not None:
            known = known + at(self.review_hours) * at(self.review_wage)
        return known

    def once(self, at: At) -> Array:
        """Return what is paid once, before the first month."""
        return np.zeros(1) if self.enablement is None else at(self.enablement)


@dataclass(frozen=True)
class Case:
    """The use of a window of whole months, with all that its return rests on.

    `cap_hours` is how many hours one person can be helped by on one day; `person_days` are the
    days it holds for, where workflows share days: without it no two lines share any. `ramp_months`
    is how long it takes until value is there in full, rising evenly; cost runs in full from the
    first month. `discount_rate` is of a year. Raises ChangeRefused where a workflow is counted in
    more than one way.
    """

    months: int
    lines: tuple[Line, ...]
    cost: Cost
    cap_hours: Assumption | None = None
    person_days: float | None = None
    discount_rate: Assumption | None = None
    ramp_months: Assumption | None = None
    horizon_months: int = HORIZON_MONTHS

    def __post_init__(self) -> None:
        if self.months < 1 or self.horizon_months < 1:
            msg = "a case needs a month at least, and a horizon of one"
            raise ValueError(msg)
        counted_once(self.lines)

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """Return everything the case rests on, once each, in the order it is met."""
        own = (self.cap_hours, self.discount_rate, self.ramp_months)
        return tuple(
            dict.fromkeys(
                [
                    *(a for line in self.lines for a in line.assumptions),
                    *self.cost.assumptions,
                    *(a for a in own if a is not None),
                ]
            )
        )

    @property
    def saved(self) -> tuple[TimeSaved, ...]:
        """Return the lines that count time."""
        return tuple(line for line in self.lines if isinstance(line, TimeSaved))

    @property
    def gained(self) -> tuple[OutcomesGained, ...]:
        """Return the lines that count outcomes."""
        return tuple(line for line in self.lines if isinstance(line, OutcomesGained))

    @property
    def active_days(self) -> float:
        """Return the person-days on which time is saved."""
        return sum(line.active_days for line in self.saved)

    @property
    def likeliest_cost_usd(self) -> float:
        """Return what the use of the window costs, everything assumed at its likeliest."""
        return float(self.cost_usd(likeliest)[0])

    @property
    def minutes_assumed(self) -> float | None:
        """Return the likeliest minutes saved on an active day, over all lines; None if unsaid."""
        if not self.active_days or any(line.minutes is None for line in self.saved):
            return None
        hours = sum(float(line.hours(likeliest)[0]) for line in self.saved)
        return hours * MINUTES / self.active_days

    @property
    def why_no_cost(self) -> Reason | None:
        """Return why the cost is not known, None where it is."""
        if self.cost.usage_usd is None or self.cost.seats_usd is None:
            return "cost unknown"
        if self.cost.priced_share is not None and self.cost.priced_share < LEAST_PRICED:
            return "tokens unpriced"
        return None

    @property
    def why_not(self) -> Reason | None:
        """Return why there is no return, None where there is one."""
        if not self.gained and not self.active_days:
            return "no use"
        if any(line.minutes is None for line in self.saved):
            return "gain unknown"
        return self.why_no_cost

    def kept_share(self, at: At) -> Array:
        """Return the share of the hours saved that the cap leaves, 1 where it does not bind."""
        if self.cap_hours is None or not self.saved:
            return np.ones(1)
        hours = sum((line.hours(at) for line in self.saved), np.zeros(1))
        most = at(self.cap_hours) * self.capped_days
        share: Array = np.where(hours > most, most / np.where(hours > most, hours, 1.0), 1.0)
        return share

    def value(self, at: At) -> Array:
        """Return what the use of the window is worth, in USD."""
        gained = sum((line.value(at) for line in self.gained), np.zeros(1))
        saved = sum((line.hours(at) * line.usd_per_hour(at) for line in self.saved), np.zeros(1))
        return gained + self.kept_share(at) * saved

    def realised_hours(self, at: At) -> Array:
        """Return the hours of the window that became value, as the cap leaves them."""
        hours = sum((line.realised_hours(at) for line in self.saved), np.zeros(1))
        return self.kept_share(at) * hours

    def cost_usd(self, at: At) -> Array:
        """Return what the use of the window costs; what is paid once is spread over the horizon."""
        once = self.cost.once(at) / self.horizon_months
        return self.months * (self.cost.monthly(at, self.months) + once)

    def flows(self, at: At) -> Array:
        """Return the net of each month of the horizon, a column each, without what is paid once."""
        months = np.arange(1, self.horizon_months + 1)
        there = np.ones((1, self.horizon_months))
        if self.ramp_months is not None:
            there = np.minimum(1.0, months / np.maximum(at(self.ramp_months), 1.0)[:, np.newaxis])
        value = (self.value(at) / self.months)[:, np.newaxis]
        return value * there - self.cost.monthly(at, self.months)[:, np.newaxis]

    def drawn(self) -> At:
        """Return 10,000 seeded draws of every assumption."""
        return drawn(self.assumptions).__getitem__

    @property
    def capped_days(self) -> float:
        """Return the person-days that the cap holds for."""
        if self.person_days is not None:
            return self.person_days
        return self.active_days


def likeliest(assumption: Assumption) -> Array:
    """Return an assumption at its likeliest value."""
    return np.asarray([assumption.mode], dtype=float)


def counted_once(lines: Iterable[Line]) -> None:
    """Refuse lines that count one workflow in more than one way: the same gain twice.

    All work (no workflow named) overlaps with every workflow.
    """
    held: dict[str | None, set[Basis]] = {}
    for line in lines:
        held.setdefault(line.workflow, set()).add(line.basis)
    twice = {workflow for workflow, bases in held.items() if len(bases) > 1}
    if None in held and len(set().union(*held.values())) > 1:
        twice = set(held)
    if twice:
        named = ", ".join(sorted(workflow or "all work" for workflow in twice))
        raise ChangeRefused(
            title="One gain would be counted twice",
            found=f"By time saved, by outcomes or as measured, in more than one way: {named}",
            next_step="Choose one of them for each workflow",
        )


def by_basis(lines: Sequence[Line], chosen: Mapping[str | None, Basis]) -> tuple[Line, ...]:
    """Return the lines that count, those of each workflow by the basis chosen for it.

    A workflow that nothing is chosen for keeps what it has; where that would count a gain twice
    ChangeRefused is raised.
    """
    kept = tuple(line for line in lines if chosen.get(line.workflow, line.basis) == line.basis)
    counted_once(kept)
    return kept


def what_if(
    case: Case,
    *,
    seats: float = 1.0,
    price: float = 1.0,
    adoption: float = 1.0,
    realisation: Assumption | None = None,
    usage_share_of_days: float = 1.0,
) -> Case:
    """Return a case as it would be with other seats, prices, adoption or realisation.

    The first three are factors: of the seats paid, of the price of use, and of the days with use,
    which moves its cost, its outcomes and its review as well. Of the usage cost it moves
    `usage_share_of_days`: what services use does not hang on whose days these are. The case itself
    stays as it is.
    """
    lines: list[Line] = []
    for line in case.lines:
        if isinstance(line, TimeSaved):
            changed = replace(line, active_days=line.active_days * adoption)
            lines.append(replace(changed, realisation=realisation or line.realisation))
        else:
            lines.append(replace(line, n=line.n * adoption))
    usage, paid = case.cost.usage_usd, case.cost.seats_usd
    used = 1 - usage_share_of_days + usage_share_of_days * adoption
    review, assumed = case.cost.review_hours, case.cost.seats
    cost = replace(
        case.cost,
        usage_usd=None if usage is None else usage * price * used,
        seats_usd=None if paid is None else paid * seats,
        seats=None if assumed is None else _times(assumed, seats),
        review_hours=None if review is None else _times(review, adoption),
    )
    days = None if case.person_days is None else case.person_days * adoption
    return replace(case, lines=tuple(lines), cost=cost, person_days=days)


def _times(assumption: Assumption, factor: float) -> Assumption:
    return replace(
        assumption,
        low=assumption.low * factor,
        mode=assumption.mode * factor,
        high=assumption.high * factor,
    )
