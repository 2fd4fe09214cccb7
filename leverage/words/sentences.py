"""The title and the three to five sentences of the briefing, from plain figures.

Every number stands beside what it is compared with, or the first sentence says why nothing is. A
cause is named only where one driver explains `CAUSE_SHARE` of a change or more. What is unknown
is said to be.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, Literal

from leverage.words.numbers import (
    UNKNOWN,
    Number,
    Say,
    change,
    count,
    difference,
    exact,
    money,
    moved,
    share,
    tokens,
)
from leverage.words.spans import Span, Window

CAUSE_SHARE: Final = Decimal("0.6")
LEVEL_SHARE: Final = Decimal("0.01")
"""A total that moved by less than this share of what it was has no cause to look for."""


@dataclass(frozen=True)
class Change:
    """One figure and the same figure of the earlier span; None is unknown, never 0.

    `name` is what the page calls it (“Usage cost” where seats are unknown). `fewer_than` stands
    for a count of people too small to show; then `value` is None.
    """

    value: Number | None
    previous: Number | None = None
    name: str | None = None
    fewer_than: int | None = None


@dataclass(frozen=True)
class Driver:
    """One part of a change, in the unit of the figure; a name in parentheses is a remainder."""

    name: str
    change: Number


@dataclass(frozen=True)
class Gap:
    """A share 0..1 that something holds for, and how to go on: “of tokens have no known owner”."""

    share: Number
    rest: str
    is_most: bool = False  # the share is no more than this, and not told more exactly

    @property
    def said(self) -> str:
        """Return the share in words."""
        return f"up to {share(self.share)}" if self.is_most else share(self.share)


@dataclass(frozen=True)
class Missing:
    """Something not loaded (“roster”), and the figure that is unknown without it."""

    what: str
    hides: str


@dataclass(frozen=True)
class Said:
    """One number of a sentence: the figure, and how the sentence writes it."""

    value: Number
    text: str


Topic = Literal["cost", "cause", "people", "tokens", "oversight", "unknown"]


@dataclass(frozen=True)
class Sentence:
    """One sentence; `text` begins with `lead`, its main clause, and `numbers` are its figures."""

    topic: Topic
    lead: str
    text: str
    numbers: tuple[Said, ...] = ()


def is_remainder(name: str) -> bool:
    """Say whether a name stands for what is left over, as “(small groups)” does."""
    return name.startswith("(")


def finding(
    cost: Change | None,
    active: Change | None,
    tokens_used: Change | None,
    drivers: Sequence[Driver],
    window: Window,
) -> str:
    """Say in one title what moved: the cost and the tokens it went on, or what is known of them.

    `drivers` are parts of the change in cost, in USD.
    """
    spent, used = _Figure.of(cost, "Cost", window), _Figure.of(tokens_used, "Tokens", window)
    when = window.span.when
    if spent.now is not None and spent.before is not None:
        title = f"{spent.name} {_went(spent.now, spent.before, money)} {when}"
        if used.now and used.before and used.now > 0 and used.before > 0:
            title += f" on {_tokens_against(used.now, used.before)}"
        return title + _cause_clause(cost, drivers)
    if spent.now is None and used.now is not None and used.before is not None:
        return f"{used.name} {_went(used.now, used.before, tokens)} {when}; cost is {UNKNOWN}"
    people = _Figure.of(active, "People", window)
    amounts = []
    if spent.now is not None:
        amounts.append(f"{spent.name} was {money(spent.now)}")
    if used.now is not None:
        amounts.append(f"{tokens(used.now)} tokens were used")
    if people.now is not None:
        amounts.append(_were_active(people.now))
    if not amounts:
        return f"Cost, tokens and active people are {UNKNOWN} for {window.span.name}"
    return f"{_listed(amounts[:2])} {when}"


def sentences(
    cost: Change | None,
    active: Change | None,
    tokens_used: Change | None,
    drivers: Sequence[Driver],
    window: Window,
    unknown: Sequence[Gap | Missing] = (),
) -> list[Sentence]:
    """Say what changed and why in three to five sentences.

    Cost, people and tokens always have theirs, also where they are unknown. The cause of a change
    in cost follows the cost; what is not known comes last, in one. `drivers` are parts of the
    change in cost, in USD.
    """
    first = _cost_sentence(_Figure.of(cost, "Full cost", window), window)
    if window.compared is None:
        first = replace(first, text=f"{first.text.removesuffix('.')}; {window.why_not}.")
    others = (
        _cause_sentence(cost, drivers, window),
        _people_sentence(active, window),
        _tokens_sentence(_Figure.of(tokens_used, "Tokens", window), window),
        _unknown_sentence(unknown),
    )
    return [first, *(sentence for sentence in others if sentence is not None)]


@dataclass(frozen=True)
class _Figure:
    """A figure as exact numbers; `before` is None also where the spans are not compared."""

    name: str
    now: Decimal | None
    before: Decimal | None

    @classmethod
    def of(cls, figure: Change | None, name: str, window: Window) -> "_Figure":
        if figure is None:
            return cls(name, None, None)
        before = None if window.compared is None else exact(figure.previous)
        return cls(figure.name or name, exact(figure.value), before)


def _listed(texts: Sequence[str]) -> str:
    """Join as a person lists: “a”, “a and b”, “a, b and c”."""
    return " and ".join((", ".join(texts[:-1]), texts[-1]) if texts[1:] else texts)


def _went(now: Decimal, before: Decimal, say: Say) -> str:
    """Say how a figure went, for a title: “rose 6 %”, “did not change”."""
    if now == before:
        return "did not change"
    verb = "rose" if now > before else "fell"
    if before <= 0 or now <= 0:
        ends = ("nothing" if number == 0 else say(number) for number in (before, now))
        return f"{verb} from {' to '.join(ends)}"
    if now / before >= 10:
        return f"rose to {change(now, before)} what it was"
    return f"{verb} {difference(now, before)}"


def _tokens_against(now: Decimal, before: Decimal) -> str:
    """Say tokens against earlier ones, both above 0, for a title: “18 % more tokens”."""
    if now == before:
        return "the same number of tokens"
    if now / before >= 10:
        return f"{change(now, before)} the tokens"
    return f"{difference(now, before)} {'more' if now > before else 'fewer'} tokens"


def _were_active(people: Decimal) -> str:
    return f"{count(people)} {'person was' if people == 1 else 'people were'} active"


def _cost_sentence(cost: _Figure, window: Window) -> Sentence:
    if cost.now is None:
        lead = f"{cost.name} is {UNKNOWN} for {window.span.name}"
        return Sentence("cost", lead, f"{lead}.")
    lead = f"{cost.name} was {money(cost.now)}"
    clause, numbers = _against(cost.now, cost.before, "less", money, window)
    text = f"{lead} {window.span.when}{clause}."
    return Sentence("cost", lead, text, (Said(cost.now, money(cost.now)), *numbers))


def _tokens_sentence(used: _Figure, window: Window) -> Sentence:
    if used.now is None:
        lead = f"{used.name} are {UNKNOWN} for {window.span.name}"
        return Sentence("tokens", lead, f"{lead}.")
    lead = f"{used.name} came to {tokens(used.now)}"
    clause, numbers = _against(used.now, used.before, "fewer", tokens, window)
    text = f"{lead} {window.span.when}{clause}."
    return Sentence("tokens", lead, text, (Said(used.now, tokens(used.now)), *numbers))


def _against(
    now: Decimal, before: Decimal | None, less: str, say: Say, window: Window
) -> tuple[str, tuple[Said, ...]]:
    """Say what a figure is compared with, as the end of its sentence, and the numbers in that."""
    earlier = window.compared
    if earlier is None:
        return "", ()
    if before is None:
        return _not_loaded(earlier), ()
    if now == before:
        return f", unchanged from {earlier.name}", ()
    if before == 0:
        return f", against nothing in {earlier.name}", ()
    said = Said(before, say(before))
    if now <= 0 or before < 0:
        return f", against {said.text} in {earlier.name}", (said,)
    if now / before >= 10:
        times = change(now, before)
        ratio = Said(now / before, times.removesuffix(" times"))
        return f", {times} the {said.text} of {earlier.name}", (ratio, said)
    relative = Said(abs(now - before) / before, difference(now, before))
    word = "more" if now > before else less
    return f", {relative.text} {word} than the {said.text} of {earlier.name}", (relative, said)


def _not_loaded(earlier: Span) -> str:
    return f"; it is {UNKNOWN} for {earlier.name}, so there is no comparison"


def _people_sentence(active: Change | None, window: Window) -> Sentence:
    if active is not None and active.fewer_than is not None:
        lead = f"Fewer than {active.fewer_than} people were active"
        number = Said(active.fewer_than, str(active.fewer_than))
        return Sentence("people", lead, f"{lead} {window.span.when}.", (number,))
    people, earlier = _Figure.of(active, "Active people", window), window.compared
    if people.now is None:
        lead = f"The number of active people is {UNKNOWN} for {window.span.name}"
        return Sentence("people", lead, f"{lead}.")
    lead, numbers = _were_active(people.now), [Said(people.now, count(people.now))]
    if earlier is None:
        clause = ""
    elif people.before is None:
        clause = _not_loaded(earlier)
    elif people.now == people.before:
        clause = f", as many as in {earlier.name}"
    else:
        gap, word = abs(people.now - people.before), "fewer"
        if people.now > people.before:
            word = "more"
        clause = f", {count(gap)} {word} than the {count(people.before)} of {earlier.name}"
        numbers += [Said(gap, count(gap)), Said(people.before, count(people.before))]
    return Sentence("people", lead, f"{lead} {window.span.when}{clause}.", tuple(numbers))


@dataclass(frozen=True)
class _Cause:
    """What explains a change: the drivers to name, and the share of it the first explains."""

    kind: Literal["one", "none", "offset"]
    drivers: tuple[Driver, ...]
    share: Decimal
    total: Decimal

    @property
    def direction(self) -> str:
        return "rise" if self.total > 0 else "fall"


def _cause(figure: Change | None, drivers: Sequence[Driver]) -> _Cause | None:
    """Find what explains the change of a figure; None where there is nothing to explain."""
    now = None if figure is None else exact(figure.value)
    before = None if figure is None else exact(figure.previous)
    sizes = {driver: size for driver in drivers if (size := exact(driver.change))}
    moves = sorted(sizes, key=lambda driver: (-abs(sizes[driver]), driver.name))
    if now is None or before is None or not moves:
        return None
    total = now - before
    if total == 0 or abs(total) < LEVEL_SHARE * abs(before):
        cancel = min(sizes.values()) < 0 < max(sizes.values())
        return _Cause("offset", tuple(moves[:2]), Decimal(0), total) if cancel else None
    along = [move for move in moves if (sizes[move] > 0) == (total > 0)]
    if along and (explained := sizes[along[0]] / total) >= CAUSE_SHARE:
        return _Cause("one", (along[0],), explained, total)
    return _Cause("none", tuple(moves[:2]), Decimal(0), total)


def _cause_clause(figure: Change | None, drivers: Sequence[Driver]) -> str:
    """Say the cause of a change as the end of a title."""
    cause = _cause(figure, drivers)
    if cause is None or cause.kind == "offset":
        return ""
    if cause.kind == "none" or is_remainder(cause.drivers[0].name):
        return "; no single cause"
    part = "all" if cause.share >= 1 else "most"
    return f"; {cause.drivers[0].name} explains {part} of the {cause.direction}"


def _cause_sentence(
    figure: Change | None, drivers: Sequence[Driver], window: Window
) -> Sentence | None:
    """Say what explains the change in cost; None where nothing is compared or nothing moved."""
    cause = _cause(figure, drivers)
    if cause is None or window.compared is None:
        return None
    moves = tuple(Said(driver.change, moved(driver.change, money)) for driver in cause.drivers)
    if cause.kind != "one":
        lead = "No single cause" if cause.kind == "none" else "The moves cancel out"
        listed = _listed(
            [
                f"{driver.name} ({move.text})"
                for driver, move in zip(cause.drivers, moves, strict=True)
            ]
        )
        largest = "the largest moves are" if len(moves) > 1 else "the largest move is"
        return Sentence("cause", lead, f"{lead}: {largest} {listed}.", moves)
    name, total = cause.drivers[0].name, Said(cause.total, moved(cause.total, money))
    if is_remainder(name):
        lead = f"No single cause can be named for the {cause.direction}"
        text = f"{lead}: {moves[0].text} of {total.text} stands under “{name}”."
        return Sentence("cause", lead, text, (*moves, total))
    if cause.share >= 1:
        lead = f"{name} explains all of the {cause.direction}"
        offset = "" if cause.share == 1 else f" of {total.text}, partly offset elsewhere"
        numbers = moves if cause.share == 1 else (*moves, total)
        return Sentence("cause", lead, f"{lead}: {moves[0].text}{offset}.", numbers)
    part = Said(cause.share, share(cause.share))
    lead = f"{name} explains {part.text} of the {cause.direction}"
    text = f"{lead}: {moves[0].text} of {total.text}."
    return Sentence("cause", lead, text, (part, *moves, total))


def _unknown_sentence(unknown: Sequence[Gap | Missing]) -> Sentence | None:
    """Say which part is not known and what is not loaded; None where nothing is missing."""
    gaps = [part for part in unknown if isinstance(part, Gap) and part.share > 0]
    missing = [part for part in unknown if isinstance(part, Missing)]
    clauses = []
    if gaps:
        parts = _listed([f"{gap.said} {gap.rest}" for gap in gaps])
        clauses.append(parts[0].upper() + parts[1:])
    if missing:
        absent = list(dict.fromkeys(f"no {part.what}" for part in missing))
        loaded = _listed(absent)
        hidden = list(dict.fromkeys(part.hides for part in missing))
        clauses.append(
            f"{loaded[0].upper()}{loaded[1:]} {'is' if len(absent) == 1 else 'are'} loaded, "
            f"so {_listed(hidden)} {'is' if len(hidden) == 1 else 'are'} {UNKNOWN}"
        )
    if not clauses:
        return None
    numbers = tuple(Said(gap.share, gap.said) for gap in gaps)
    return Sentence("unknown", clauses[0], f"{'. '.join(clauses)}.", numbers)
