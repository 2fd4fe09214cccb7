"""Why the cost moved: the parts of its change, which add up to it to the cent."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import polars as pl

from leverage import charts, words
from leverage.cost import Cohort, Part, Seats, Used, Waterfall, by_cohort, waterfall
from leverage.figures.figure import Ask, Chart, Hidden, Table
from leverage.figures.ground import Ground
from leverage.figures.scope import listed

NAME: Final = "What the change of the cost is made of"
QUESTION: Final = "use_that_moved"
METRIC: Final = "cost_change_usd"
PART_NAMES: Final[dict[Part, str]] = {
    "seat count": "Number of seats",
    "seat price": "Price of seats",
    "cost without tokens": "Cost without tokens",
    "joiners": "Use by joiners",
    "leavers": "Use by leavers",
    "continuing": "Use by who stayed",
    "people": "Use by people",
    "non-people": "Use by services",
    "mix": "Mix of models",
    "price": "Price of tokens",
    "cost not known throughout": "(cost partly unknown)",
}
MEANINGS: Final[dict[Part, str]] = {
    "seat count": "more or fewer seats, at the old price",
    "seat price": "what a seat costs now against before",
    "cost without tokens": "vendors that bill without counting tokens",
    "joiners": "tokens of people who were not active in the month before, at the old mean price",
    "leavers": "tokens of people who are no longer active, at the old mean price",
    "continuing": "more or fewer tokens of people active in both, at the old mean price",
    "people": "more or fewer tokens of people, at the old mean price",
    "non-people": "more or fewer tokens of services and of nobody named, at the old mean price",
    "mix": "dearer or cheaper models, vendors and companies used more, at their old prices",
    "price": "what a token of the same model costs now against before: rates, discounts, caching",
    "cost not known throughout": "models whose cost is unknown in one of the periods",
}
MOST_NAMED: Final = 3
AMOUNT_OF_USE: Final = "Amount of use"


@dataclass(frozen=True)
class Moved:
    """The parts of a change in the page's currency, and what of it could not be told."""

    parts: Waterfall
    is_with_seats: bool
    is_whose_known: bool  # whether use is split by whose it is

    def name(self, part: Part) -> str:
        """Return the name of a part as a reader sees it."""
        if part == "people" and not self.is_whose_known:
            return AMOUNT_OF_USE
        return PART_NAMES[part]

    @property
    def told(self) -> list[tuple[Part, Decimal]]:
        """Return the parts that are not 0, largest first."""
        parts = [(name, amount) for name, amount in self.parts.parts.items() if amount]
        return sorted(parts, key=lambda part: -abs(part[1]))

    @property
    def along(self) -> list[tuple[Part, Decimal]]:
        """Return the parts that went the way of the change, all of them where there is none."""
        change = self.parts.change
        return [part for part in self.told if part[1] * change > 0] or self.told

    @property
    def against(self) -> list[tuple[Part, Decimal]]:
        """Return the parts that went the other way."""
        along = self.along
        return [part for part in self.told if part not in along]

    def verb(self, rise: str, fall: str, level: str) -> str:
        """Return the word for the direction of the change."""
        change = self.parts.change
        return rise if change > 0 else fall if change < 0 else level

    def cause(self, say: words.Say) -> str:
        """Name the largest part that went the way of the change, where any part moved."""
        part, amount = self.along[0]
        did = self.verb("raised", "lowered", "moved")
        return f"{self.name(part).lower()} {did} it most ({words.moved(amount, say)})"

    def said(self, say: words.Say) -> str:
        """Say the change, its largest parts, and what went against it."""
        if not self.told:
            return "The cost did not move"
        along, change = self.along, self.parts.change
        lead = self.lead(say)
        above_all = ", above all" if len(along) > MOST_NAMED else ":"
        parts = [
            f"{self.name(part).lower()} {words.moved(amount, say)}"
            for part, amount in along[:MOST_NAMED]
        ]
        text = f"{lead}{above_all} {listed(parts)}"
        if not self.against:
            return text
        names = listed([self.name(part).lower() for part, _ in self.against])
        size = say(abs(sum((amount for _, amount in self.against), Decimal(0))))
        return f"{text}; {names} {'took off' if change > 0 else 'added'} {size}"

    def lead(self, say: words.Say) -> str:
        """Say what the cost moved by."""
        if not self.parts.change:
            return "The cost stayed level" if self.told else "The cost did not move"
        return f"The cost {self.verb('rose', 'fell', '')} by {say(abs(self.parts.change))}"


def moved(ask: Ask, facts: Ground) -> Moved | None:
    """Return the parts of the change against the earlier period, None where nothing is compared.

    Seats that are known in one of the periods only are in neither side.
    """
    if facts.previous is None or not facts.is_compared:
        return None
    used = ask(QUESTION).frame
    is_whose_known = not facts.view.workload
    sides = tuple(_used(ask, facts, used, period) for period in ("previous", "this"))
    is_alike = facts.before("is_seats_known") == facts.this["is_seats_known"]
    plans = ask("seats_that_moved").frame if is_alike else ask("seats_that_moved").frame.clear()
    return Moved(
        waterfall(
            (sides[0], sides[1]), (_seats(facts, plans, "previous"), _seats(facts, plans, "this"))
        ),
        is_with_seats=is_alike and not plans.is_empty(),
        is_whose_known=is_whose_known,
    )


def _used(ask: Ask, facts: Ground, rows: pl.DataFrame, period: str) -> list[Used]:
    """Return the use of one period, that of people split into cohorts where it may be told.

    A company's vendor is a vendor of its own: it has prices of its own.
    """
    side = "joiners_share" if period == "this" else "leavers_share"
    cohorts = {row["company"]: row for row in ask("joiners_and_leavers").frame.to_dicts()}
    found: list[Used] = []
    for row in rows.filter(pl.col("period") == period).iter_rows(named=True):
        shares = cohorts.get(row["company"], {})
        is_person = row["owner"] == "person" or facts.view.workload
        use = Used(
            vendor=f"{row['company']} {row['vendor']}",
            model=row["model"],
            cohort=_rest(shares) if is_person else "non-people",
            tokens=None if row["tokens"] is None else round(row["tokens"]),
            cost=facts.currency.amount(row["cost_usd"]),
        )
        found += by_cohort(use, **{side: shares.get(side)}) if is_person else (use,)
    return found


def _rest(shares: dict[str, Any]) -> Cohort:
    """Return what people are who are neither told as joiners nor as leavers."""
    told = [shares.get(name) is not None for name in ("joiners_share", "leavers_share")]
    return "continuing" if all(told) else "people"


def _seats(facts: Ground, rows: pl.DataFrame, period: str) -> list[Seats]:
    found = []
    for row in rows.filter(pl.col("period") == period).iter_rows(named=True):
        count = Decimal(str(row["seats"] or 0))
        cost = facts.currency.amount(row["seat_cost_usd"])
        price = cost / count if cost is not None and count else cost
        plan = f"{row['plan']} {row['currency']}"
        found.append(Seats(f"{row['company']} {row['vendor']}", plan, count, price))
    return found


def cents(amount: Decimal) -> str:
    """Say an amount to the cent with its sign: “+1,280.32”, “−3.10”."""
    sign = "+" if amount > 0 else "−" if amount < 0 else ""
    return f"{sign}{abs(amount):,.2f}"


def chart(facts: Ground, found: Moved | None) -> Chart | Hidden:
    """Return the waterfall of the change: part after part, and all of it."""
    earlier = facts.span.compared
    if found is None or earlier is None:
        return Hidden(NAME, f"Nothing is compared: {facts.span.why_not}")
    if not found.told:
        return Hidden(NAME, "The cost did not move")
    say, ends = facts.currency.say_amount, found.parts
    steps = (
        [(found.name(part), float(amount)) for part, amount in found.told],
        ("Change in all", float(ends.change)),
    )
    span = f"{earlier.name} ({say(ends.before)}) to {facts.span.span.name} ({say(ends.after)})"
    measure = f"Change of the cost, {facts.currency.code}, {span}"
    return Chart(
        name=NAME,
        question=QUESTION,
        metric=METRIC,
        spec=charts.titled(charts.gap_parts.spec(), finding(facts, found), measure),
        rows=charts.gap_parts.change_frame(*steps, say).to_arrow(),
        alt=charts.gap_parts.change_alt_text(*steps, NAME, say),
        note=_note(facts, found),
    )


def finding(facts: Ground, found: Moved) -> str:
    """Say which part moved the cost most, the way that it went."""
    if not found.told:
        return "The cost did not move"
    part, amount = found.along[0]
    change, say = found.parts.change, facts.currency.say_amount
    whole = f"of {words.moved(change, say)}" if change else "though the cost stayed level"
    did = found.verb("raised", "lowered", "moved")
    return f"{found.name(part)} {did} it most: {words.moved(amount, say)} {whole}"


def _note(facts: Ground, found: Moved) -> str:
    said = [f"The parts add up to the change, remainder 0.00 {facts.currency.code}"]
    if not found.is_with_seats:
        said.append(_why_no_seats(facts))
    if not found.is_whose_known:
        said.append("whose use it was is not known under a filter by kind of work")
    elif found.parts.parts["people"] and not facts.view.is_narrowed:
        said.append(
            "joiners and leavers stand apart only for a month against the one before, in companies "
            "where 50 people or more were active and 5 or more joined or left"
        )
    return "; ".join(said) + "."


def _why_no_seats(facts: Ground) -> str:
    if facts.view.is_people:
        return "seats are not shared out among people"
    if facts.view.is_without_seats:
        return f"seats belong to no {'model' if facts.view.model else 'kind of work'}"
    if facts.before("is_seats_known") != facts.this["is_seats_known"]:
        return "seats are known in one of the periods only and are left out of both"
    return "no seats are loaded of either period"


def table(facts: Ground, found: Moved | None) -> Table | Hidden:
    """Return the parts to the cent, from the earlier cost to that of the window."""
    name = "The change to the cent"
    earlier = facts.span.compared
    if found is None or earlier is None:
        return Hidden(name, f"Nothing is compared: {facts.span.why_not}")
    ends = found.parts
    rows = [(f"Cost in {earlier.name}", f"{ends.before:,.2f}", "")]
    rows += [
        (found.name(part), cents(amount), _meaning(found, part)) for part, amount in found.told
    ]
    rows += [
        (f"Cost in {facts.span.span.name}", f"{ends.after:,.2f}", ""),
        (
            "Remainder",
            f"{ends.change - sum(ends.parts.values()):,.2f}",
            "change less its parts",
        ),
    ]
    return Table(
        name=name,
        finding=finding(facts, found),
        question=QUESTION,
        metric=METRIC,
        rows=pl.DataFrame(rows, schema=["Part", facts.currency.code, "What it is"], orient="row"),
        note=_note(facts, found),
    )


def _meaning(found: Moved, part: Part) -> str:
    if found.name(part) == AMOUNT_OF_USE:
        return "more or fewer tokens, at the old mean price"
    return MEANINGS[part]
