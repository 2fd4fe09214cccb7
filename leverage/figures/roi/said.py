"""How the page says minutes, ranges and reasons."""

from typing import Final

from leverage import roi, words
from leverage.figures.currency import Currency
from leverage.figures.roi.facts import Facts, Subject

REASONS: Final[dict[roi.Reason, str]] = {
    "no use": "days with use are not known",
    "cost unknown": "the cost of use or of seats is not known",
    "tokens unpriced": "fewer than 80 % of the tokens have a known cost",
    "gain unknown": "nobody has said how many minutes are saved",
    "no gain": "nothing that is assumed makes saved time worth money",
}
NOT_ZERO: Final = "not distinguishable from zero"
NO_WAGE: Final = "what an hour of work costs is not assumed"


def minutes(value: words.Number | None) -> str:
    """Say minutes: “7 minutes”, “0.8 minutes”, from two hours on “2.3 hours”."""
    if value is None:
        return words.UNKNOWN
    size = float(value)
    if abs(size) >= 120:
        return f"{size / 60:,.1f} hours"
    return f"{size:.1f} minutes" if abs(size) < 9.95 else f"{size:,.0f} minutes"


def between_money(spread: roi.Spread, currency: Currency) -> str:
    """Say in a currency where eight of ten draws of US dollars lie: “−1.2 k to 3.4 k EUR”."""
    return currency.between(currency.amount(spread.p10), currency.amount(spread.p90))


def judged_between(
    spread: roi.Spread, currency: Currency, *, holds_zero: bool | None = None
) -> str:
    """Say a range of money, and where it holds zero that it does.

    `holds_zero` is given where something beside the range holds it too.
    """
    is_zero = spread.holds_zero if holds_zero is None else holds_zero
    return between_money(spread, currency) + (f", {NOT_ZERO}" if is_zero else "")


def short_between(spread: roi.Spread, currency: Currency) -> str:
    """Say a range of money so short that it fits a card: “−412 to 3,227”, “−82 to −5 k”."""
    low, high = currency.amount(spread.p10), currency.amount(spread.p90)
    size = max(abs(low), abs(high))
    exponent, unit = next(
        ((power, name) for power, name in ((9, " bn"), (6, " M"), (3, " k")) if size >= 10**power),
        (0, ""),
    )
    if size < 10_000:
        exponent, unit = 0, ""
    scale = 10.0**exponent
    places = 1 if unit and size / scale < 10 else 0
    ends = [f"{end / scale:,.{places}f}".replace("-", "−") for end in (low, high)]
    return f"{ends[0]} to {ends[1]}{unit}"


def minutes_between(low: float, high: float) -> str:
    """Say a range of minutes with its unit once: “12 to 26 minutes”."""
    ends = minutes(low), minutes(high)
    if ends[0] == ends[1]:
        return ends[0]
    units = [end.partition(" ")[2] for end in ends]
    return f"{ends[0].partition(' ')[0] if units[0] == units[1] else ends[0]} to {ends[1]}"


def times(value: words.Number | None) -> str:
    """Say a ratio: “1.5”."""
    return words.UNKNOWN if value is None else f"{float(value):.2f}"


def percent(value: words.Number | None) -> str:
    """Say a return, which may lie below nothing: “−20 %”, “+51 %”."""
    return words.UNKNOWN if value is None else words.moved(value, words.share)


def months(value: float | None) -> str:
    """Say after how many months a cost is paid back."""
    return "never" if value is None else f"{value:,.1f}"


def is_enough(case: roi.Case) -> bool:
    """Tell whether the minutes assumed are those it takes to pay for itself."""
    needed, assumed = roi.break_even(case).minutes, case.minutes_assumed
    return needed is not None and assumed is not None and assumed >= needed


def is_told(spread: roi.Spread) -> str:
    """Say that a range holds zero, nothing where it does not."""
    return NOT_ZERO if spread.holds_zero else ""


def why_not_one(found: Facts) -> str:
    """Say why there is no one company to tell of."""
    return found.why_nothing or "Told for one company at a time: choose one"


def why_no_break_even(subject: Subject) -> str | None:
    """Say why the break-even of a company's window is not known, None where it is."""
    this = subject.this
    if this is None:
        return "no whole month of it is in view"
    if this.why_no_days:
        return this.why_no_days
    case = subject.case(this)
    if case is None:
        return NO_WAGE
    found = roi.break_even(case)
    return REASONS[found.reason or "no gain"] if found.minutes is None else None
