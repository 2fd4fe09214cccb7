"""Where the time went that became value, as its owner says: hours and shares, never money."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from leverage import roi, words
from leverage.figures.currency import Currency
from leverage.figures.figure import Hidden, Table
from leverage.figures.rates import decimal
from leverage.figures.roi.believed import BY_NAME, DESTINATIONS, Believed
from leverage.figures.scope import listed
from leverage.words import DASH, Said, Sentence

NAME: Final = "Where the freed time went"
UNSAID: Final = "Not said"
NOT_PAID: Final = "reinvested_fewer_hours_share"


def too_much(held: Believed, name: str = "", mode: float = 0.0) -> str | None:
    """Say that shares of freed time are more than all of it, None where they are not.

    With a name, as if the share of that destination were another.
    """
    said = {**_said(held), **({name: mode} if name else {})}
    total = sum(said.values())
    if total <= 1 + 1e-9:
        return None
    return (
        f"The shares of freed time add up to {words.share(total)}: they cannot be more than all "
        "of it, 100 %."
    )


def table(held: Believed, found: roi.Returns | None, when: str) -> Table | Hidden:
    """Return where freed time went, as shares and as hours at P50, with who says so."""
    said, problem = _said(held), too_much(held)
    if problem:
        return Hidden(NAME, problem)
    if not said:
        return Hidden(
            NAME,
            "Nobody has said where it went: choose “Freed time that went into” under Change an "
            "assumption",
        )
    hours = _hours(found)
    rows = [
        _row(known.short, said[known.name], hours, held.own[known.name])
        for known in DESTINATIONS
        if known.name in said
    ]
    unsaid = 1 - sum(said.values())
    if words.share(unsaid) != words.share(0):
        rows.append(_row(UNSAID, unsaid, hours, None))
    return Table(
        name=f"{NAME}, {when}",
        finding=f"It is said where {words.share(1 - unsaid)} of the freed time went",
        question="assumptions_in_force",
        metric="net_value_usd",
        rows=pl.DataFrame(rows),
        note="Shares of the hours that became value: saved, not lost to rework, realised and put "
        "down to AI. What the owner says, not a measurement, and no money that was paid or saved.",
    )


def sentence(held: Believed, found: roi.Returns | None, currency: Currency) -> Sentence | None:
    """Say where freed time went, None where nobody has said it or its hours are not known.

    Of its worth only what is no longer paid can be found in the accounts: it is said beside it.
    """
    said, freed = _said(held), _hours(found)
    if freed is None or not said or too_much(held):
        return None
    hours = Said(freed, f"{words.count(freed)} hours")
    parts = [
        (Said(said[known.name], words.share(said[known.name])), known.short)
        for known in DESTINATIONS
        if said.get(known.name)
    ]
    unsaid = 1 - sum(said.values())
    lead = f"{hours.text} became value at P50"
    told = [f"{share.text} into {name[0].lower()}{name[1:]}" for share, name in parts]
    text = f"{lead}: as the owner says, they went {listed(told, len(told))}"
    numbers = [hours, *(share for share, _ in parts)]
    if words.share(unsaid) != words.share(0):
        numbers.append(Said(unsaid, words.share(unsaid)))
        text += f"; where {numbers[-1].text} went nobody has said"
    if found is not None and said.get(NOT_PAID):
        usd = said[NOT_PAID] * found.value_usd.p50
        numbers.append(Said(usd, currency.say(usd)))
        name = BY_NAME[NOT_PAID].short
        text += (
            f". Only the worth of {name[0].lower()}{name[1:]}, {numbers[-1].text} at P50, can show "
            "in the accounts"
        )
    return Sentence("cause", lead, f"{text}.", tuple(numbers))


def _said(held: Believed) -> Mapping[str, float]:
    """Return the likeliest share of each destination that somebody has said."""
    return {
        known.name: held.own[known.name].mode for known in DESTINATIONS if known.name in held.own
    }


def _hours(found: roi.Returns | None) -> float | None:
    """Return the hours that became value at P50, None where none are known to have."""
    hours = 0.0 if found is None else found.realised_hours.p50
    return hours if hours > 0 else None


def _row(
    name: str, share: float, hours: float | None, said: roi.Assumption | None
) -> dict[str, str]:
    since = None if said is None else said.effective_date
    who = DASH if said is None else said.author or words.UNKNOWN
    return {
        "Into": name,
        "Share": words.share(share),
        "Hours, of P50": words.UNKNOWN if hours is None else decimal(share * hours),
        "Who, since": who if since is None else f"{who}, {since:%Y-%m-%d}",
    }
