"""What if: the range of returns with other seats, prices, adoption or realisation beside it."""

from dataclasses import dataclass

import polars as pl

from leverage import charts, roi, words
from leverage.figures.currency import Currency
from leverage.figures.figure import Ask, Chart, Hidden, Table
from leverage.figures.roi import believed, said
from leverage.figures.roi.facts import QUESTION, Facts, facts
from leverage.figures.roi.overview import worked
from leverage.words import DASH

NAME = "What if"
SAVED = "As it is"


@dataclass(frozen=True)
class Tried:
    """What is tried: factors of seats, price and adoption, and a range of realisation."""

    seats: float = 1.0
    price: float = 1.0
    adoption: float = 1.0
    realisation: tuple[float, float] | None = None


@dataclass(frozen=True)
class WhatIf:
    """What the tab starts from; `reason` says why there is nothing to try, where there is not.

    `usage_share_of_days` is the share of the usage cost that people with such days stand behind.
    """

    facts: Facts
    case: roi.Case | None
    reason: str
    usage_share_of_days: float = 1.0

    @property
    def realisation(self) -> tuple[float, float]:
        """Return the range of realisation that is saved."""
        held = self.held
        return (0.0, 1.0) if held is None else (held.low, held.high)

    @property
    def held(self) -> roi.Assumption | None:
        """Return what is assumed of realisation, of all roles together."""
        subject = self.facts.subject
        return subject.believed.own[believed.REALISATION] if subject else None


def what_if(ask: Ask) -> WhatIf | None:
    """Return what can be tried, None where nothing that was loaded matches the view."""
    found = facts(ask, is_by_group=True)
    if found is None:
        return None
    one = worked(found)
    if one is None:
        return WhatIf(found, None, said.why_not_one(found))
    if one.case is None or one.even is None:
        return WhatIf(found, None, f"Unknown: {one.why_not or said.NO_WAGE}")
    return WhatIf(found, one.case, "", one.this.usage_share_of_days)


def tried(start: WhatIf, wanted: Tried) -> tuple[Chart | Hidden, Table | Hidden]:
    """Return the ranges and the measures as they are and as they would be; nothing is saved."""
    case = start.case
    if case is None:
        return Hidden(NAME, start.reason), Hidden(NAME, start.reason)
    other = roi.what_if(
        case,
        seats=wanted.seats,
        price=wanted.price,
        adoption=wanted.adoption,
        realisation=_realisation(start.held, wanted.realisation),
        usage_share_of_days=start.usage_share_of_days,
    )
    return _ranges(start, case, other), _table(start.facts.currency, case, other)


def _realisation(
    held: roi.Assumption | None, ends: tuple[float, float] | None
) -> roi.Assumption | None:
    """Return a range between two ends, its likeliest the saved one where that lies in it."""
    if held is None or ends is None or ends == (held.low, held.high):
        return None
    low, high = ends
    mode = held.mode if low <= held.mode <= high else (low + high) / 2
    return roi.Assumption(believed.REALISATION, low, mode, high, unit=held.unit)


def _ranges(start: WhatIf, case: roi.Case, other: roi.Case) -> Chart | Hidden:
    found = start.facts
    saved, would, currency = roi.returns(case), roi.returns(other), found.currency
    if isinstance(saved, str):
        return Hidden(NAME, f"No range yet: {said.REASONS[saved]}")
    if isinstance(would, str):
        return Hidden(NAME, f"No range: {said.REASONS[would]}")
    rows = pl.DataFrame(
        [
            {
                "name": name,
                "low": currency.amount(spread.p10),
                "middle": currency.amount(spread.p50),
                "high": currency.amount(spread.p90),
                "beside": f"mean {currency.say(spread.mean)}",
            }
            for name, spread in ((SAVED, saved.net_usd), (NAME, would.net_usd))
        ]
    )
    moved = words.moved(would.net_usd.p50 - saved.net_usd.p50, currency.say)
    measure = f"Net value in {currency.code}, P10 to P90 of 10,000 draws, {found.when}"
    finding = f"Net of {said.between_money(would.net_usd, currency)}; the middle moves by {moved}"
    if moved == "no change":
        finding = "Nothing is tried yet: move a slider"
    elif would.net_usd.holds_zero:
        finding += f", {said.NOT_ZERO}"
    return Chart(
        name=NAME,
        question=QUESTION,
        metric="net_value_usd",
        spec=charts.titled(charts.range_bars.spec(), finding, measure),
        rows=charts.range_bars.frame(rows, currency.say_amount, NAME, currency.between).to_arrow(),
        alt=charts.range_bars.alt_text(rows, measure, currency.say_amount, currency.between),
        note="The same draws stand behind both, so that the difference is what was tried. Days "
        f"with use move review and the {words.share(start.usage_share_of_days)} of the usage cost "
        "that people stand behind; what names no person stays. Price is that of all usage, seats "
        "are what is paid for them.",
    )


def _table(currency: Currency, case: roi.Case, other: roi.Case) -> Table:
    told = [_told(currency, one) for one in (case, other)]
    rows = [
        {"Measure": name, SAVED: saved, NAME: would}
        for (name, saved), would in zip(told[0].items(), told[1].values(), strict=True)
    ]
    before, after = (roi.break_even(one).minutes for one in (case, other))
    return Table(
        name="As it is, and what if; nothing of it is saved",
        finding=f"Break-even {said.minutes(after)} instead of {said.minutes(before)}"
        if said.minutes(before) != said.minutes(after)
        else f"Break-even stays at {said.minutes(before)}",
        question=QUESTION,
        metric="break_even_minutes",
        rows=pl.DataFrame(rows),
    )


def _told(currency: Currency, case: roi.Case) -> dict[str, str]:
    even, found = roi.break_even(case), roi.returns(case)
    told = {
        "Usage": currency.say(case.cost.usage_usd),
        "Seats": currency.say(case.cost.seats_usd)
        if case.cost.seats is None
        else f"{currency.say(case.cost.seats.mode * case.months)}, assumed",
        "Days with use": words.count(case.active_days),
        "Break-even minutes": said.minutes(even.minutes),
        "Break-even realisation": DASH
        if even.realisation is None
        else words.share(even.realisation),
    }
    if isinstance(found, roi.Returns):
        told |= {
            "Net value, P10 to P90": said.between_money(found.net_usd, currency),
            "Net value, P50 and mean": f"{currency.say(found.net_usd.p50)}, "
            f"{currency.say(found.net_usd.mean)}",
            "Chance of a loss": words.share(found.loss_probability),
        }
    return told
