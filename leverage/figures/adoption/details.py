"""What stands in the tabs of the adoption page: habits, who stays, seats, and concentration."""

from typing import Final

import polars as pl

from leverage import words
from leverage.ask import WHOLE_ONLY
from leverage.figures.adoption.measured import NOT_TWELVE_WEEKS
from leverage.figures.events import markers
from leverage.figures.figure import Ask, Chart, Details, Hidden, Table
from leverage.figures.ground import Ground, ground
from leverage.figures.scope import basis
from leverage.figures.trend import trend
from leverage.privacy import K
from leverage.words import DASH

SEGMENTS: Final = {
    "Power": "9 weeks or more of 12, 15 requests or messages a week",
    "Habitual": "9 weeks or more of 12",
    "Power or habitual": "9 weeks or more of 12",
    "Novice": "less often, 1 request or message a week",
    "Low": "less than that",
    "Novice or low": "fewer than 9 weeks of 12",
    "All with use": "any of the 12 weeks",
}
CURVE_MONTHS: Final = (1, 2, 3, 6, 9, 12)


def habits(ask: Ask) -> Details | None:
    """Return who has a habit of it, and who gained or lost it."""
    facts = ground(ask)
    if facts is None:
        return None
    name = "People by habit"
    rows = ask("habit_segments").frame
    if rows.is_empty():
        reason = WHOLE_ONLY if facts.view.is_narrowed else NOT_TWELVE_WEEKS
        return Details("", (Hidden(name, reason),))
    now = rows.filter(pl.col("period") == "this")
    before = dict(
        rows.filter(pl.col("period") == "previous").select("segment", "people").iter_rows()
    )
    total = now["people"].sum()
    table = pl.DataFrame(
        [
            {
                "Segment": row["segment"],
                "What it is": SEGMENTS[row["segment"]],
                "People": words.count(row["people"]),
                "Share": words.share(row["people"] / total),
                "Before": words.count(before.get(row["segment"]))
                if row["segment"] in before
                else DASH,
            }
            for row in sorted(now.to_dicts(), key=lambda row: list(SEGMENTS).index(row["segment"]))
        ]
    )
    largest = now.sort("people", descending=True).row(0, named=True)
    month = words.month_name(facts.headline.window.last)
    shown = facts.judged(
        Table(
            name=f"{name}, the twelve whole weeks to {month}, of {words.count(total)} people whose "
            "use is dated",
            finding=f"{largest['segment']} is the largest group: {words.count(largest['people'])} "
            f"of {words.count(total)} people",
            question="habit_segments",
            metric="habit_share",
            rows=table,
            note="Segments and cut-offs are those of Microsoft's habit analysis. Requests are "
            f"averaged over three months. Groups of fewer than {K} people stand together.",
        )
    )
    return Details(_habit_changes(ask), (shown,))


def _habit_changes(ask: Ask) -> str:
    row = next(ask("habit_changes").frame.iter_rows(named=True), None)
    if row is None or row["kept"] is None:
        return ""
    return (
        f"Against the period before, {words.count(row['kept'])} people kept the habit, "
        f"{words.count(row['gained'])} gained it and {words.count(row['lost'])} lost it."
    )


def staying(ask: Ask) -> Details | None:
    """Return how many stay from month to month, and months after their first use."""
    facts = ground(ask)
    if facts is None:
        return None
    name = "Retention"
    rows = ask("retention_by_month").frame
    if rows.is_empty():
        reason = WHOLE_ONLY if facts.view.is_narrowed else "The month before has no use of people"
        return Details("", (Hidden(name, reason),))
    line = rows.select("month", series=pl.lit("retention"), value="retention").drop_nulls("value")
    shown: list[Chart | Table | Hidden] = []
    if len(line):
        last = line.sort("month").row(-1, named=True)
        shown.append(
            trend(
                line,
                words.share,
                name=name,
                question="retention_by_month",
                metric="retention",
                finding=f"{words.share(last['value'])} of one month's people were active in "
                f"{words.month_name(last['month'])} again",
                measure="Share of the people of the month before",
                events=markers(ask),
                is_share=True,
            )
        )
    shown.append(_curve(ask))
    return Details("", tuple(facts.judged(one) for one in shown))


def _curve(ask: Ask) -> Table | Hidden:
    name = "Still active months after the first use"
    rows = ask("retention_curve").frame.filter(
        pl.col("months_later").is_in(CURVE_MONTHS) & pl.col("retention").is_not_null()
    )
    if rows.is_empty():
        return Hidden(name, "Nobody's first month of use is known for long enough")
    table = pl.DataFrame(
        [
            {
                "Months later": words.count(row["months_later"]),
                "Still active": words.share(row["retention"]),
                "Of people": words.count(row["people"]),
            }
            for row in rows.iter_rows(named=True)
        ]
    )
    last = rows.row(-1, named=True)
    noun = "month" if last["months_later"] == 1 else "months"
    return Table(
        name=name,
        finding=f"{words.share(last['retention'])} are active {words.count(last['months_later'])} "
        f"{noun} after they began",
        question="retention_curve",
        metric="retention",
        rows=table,
        note="Over everyone seen for so long; who was there in the first month that is loaded is "
        "left out, since their first use may be older. Who left the company counts as lost.",
    )


def seats(ask: Ask) -> Details | None:
    """Return seats against who uses them, from employees to habit."""
    facts = ground(ask)
    if facts is None:
        return None
    name = "Seats and who uses them"
    rows = ask("seats_by_vendor").frame
    if rows.is_empty():
        reason = WHOLE_ONLY if facts.view.is_narrowed else "No seats are loaded for this month"
        return Details(_funnel(ask, facts), (Hidden(name, reason),))
    month = words.month_name(facts.headline.window.last)
    table = pl.DataFrame(
        [
            {
                "Vendor": row["vendor"],
                "Seats": words.count(row["seats"]),
                "People who used it": _users(row["active_people"], row["is_few"]),
                "Seats in use": DASH if row["seat_use"] is None else words.share(row["seat_use"]),
                "Not in use": _idle(row["seats"], row["active_people"]),
                "Cost of seats": DASH
                if row["seat_cost_usd"] is None
                else words.money(row["seat_cost_usd"]),
            }
            for row in rows.iter_rows(named=True)
        ]
    )
    known = rows.drop_nulls("seat_use").sort("seat_use")
    finding = f"Who uses the seats of {month} is not in the files"
    if len(known):
        lowest = known.row(0, named=True)
        finding = f"{words.share(lowest['seat_use'])} of the seats of {lowest['vendor']} are in use"
        if len(known) > 1:
            finding += ", the least of all vendors"
    shown = facts.judged(
        Table(
            name=f"{name}, {month}",
            finding=finding,
            question="seats_by_vendor",
            metric="seat_use",
            rows=table,
            note="Whose seat it is, is not in the files: people who use a vendor's models without "
            f"a seat count too. Fewer than {K} people are not counted.",
        )
    )
    return Details(_funnel(ask, facts), (shown,))


def _users(people: int | None, is_few: bool) -> str:
    if is_few:
        return f"fewer than {K}"
    return DASH if people is None else words.count(people)


def _idle(held: float, people: int | None) -> str:
    return DASH if people is None else words.count(max(0, round(held) - people))


def _funnel(ask: Ask, facts: Ground) -> str:
    """Say the way from employees to habit in one sentence."""
    this = facts.this
    if facts.view.is_narrowed or this["employees"] is None or this["active_people"] is None:
        return ""
    parts = [
        f"of {words.count(this['employees'])} employees, "
        f"{words.count(this['active_people'])} used AI"
    ]
    row = next(ask("habit_changes").frame.iter_rows(named=True), None)
    if row is not None and row["people_with_habit"] is not None:
        parts.append(f"{words.count(row['people_with_habit'])} have a habit of it")
    when = facts.span.span.when
    return f"{when[0].upper()}{when[1:]}, {' and '.join(parts)}."


def concentration(ask: Ask) -> Details | None:
    """Return how much of the tokens the heaviest users have."""
    facts = ground(ask)
    if facts is None:
        return None
    name = "Share of the tenth of people who use the most"
    rows = ask("concentration_by_month").frame
    if rows.is_empty():
        few = "Fewer than 50 people used tokens, so the top tenth would be fewer than 5"
        reason = WHOLE_ONLY if facts.view.is_narrowed else few
        return Details("", (Hidden(name, reason),))
    line = rows.select("month", series=pl.lit("top tenth"), value="top_decile_share")
    last = rows.row(-1, named=True)
    drawn = trend(
        line,
        words.share,
        name=name,
        question="concentration_by_month",
        metric="top_decile_share",
        finding=f"A tenth of the people use {words.share(last['top_decile_share'])} of the tokens",
        measure=f"Share of {basis(facts.view)} of people",
        events=markers(ask),
        is_share=True,
    )
    said = (
        f"In {words.month_name(last['month'])} the Gini coefficient is {last['gini']:.2f} and the "
        f"95th of 100 people uses {words.count(last['p95_over_median'])} times as much as the one "
        f"in the middle, of {words.count(last['people'])} people. Nobody is named, and no group of "
        f"fewer than {K} is told."
    )
    return Details(said, (facts.judged(drawn),))
