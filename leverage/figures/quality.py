"""Does what is loaded hold together: late files, double use, lost days, odd days, and coverage."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from leverage import words
from leverage.ask import Asker
from leverage.figures.scope import kind_title, listed
from leverage.figures.trust import Point
from leverage.view import View, shift

MONTHS_LOOKED_AT = 3
MOST_OF_A_SORT = 3
MOST_DAYS = 4
MEASURES = {"tokens": "tokens", "cost_usd": "cost"}


@dataclass(frozen=True)
class Quality:
    """What to look into, each with what to do about it, and the coverage of the newest month.

    `period` says of which months the days were looked at, `finding` what share of the cost has
    tokens and of the tokens a cost. `coverage` has a row per company and vendor, in words.
    """

    period: str
    points: tuple[Point, ...]
    finding: str | None
    coverage: pl.DataFrame


def quality(asker: Asker, today: date) -> Quality | None:
    """Return what can be said of the use in a data version; None where it holds none."""
    months = asker.months(View())
    held = months.filter("has_use")["month"].to_list()
    if not held:
        return None
    window = View(months=(shift(held[-1], 1 - MONTHS_LOOKED_AT), held[-1]))

    def ask(question: str) -> pl.DataFrame:
        return asker.ask(question, window).frame

    complete = months.filter(pl.col("is_complete") & pl.col("has_use"))["month"].to_list()
    newest = complete[-1] if complete else held[-1]
    shares = asker.ask("coverage_shares", View(months=(newest, newest))).frame
    # Older odd days have been seen when they were new.
    spikes = asker.ask("spikes", View(months=(held[-1], held[-1]))).frame
    points = [
        *_few(list(_late(ask("next_loads"), today)), "more sources are late"),
        *_few(
            [*_same_files(ask("same_files")), *_double(ask("double_accounts"))],
            "more cases of the same use under two names",
        ),
        *_few(list(_gaps(ask("gaps"))), "more sources lack workdays"),
        *_few(list(_spikes(spikes)), "more vendors have days that stand out"),
    ]
    return Quality(
        period=words.period(max(held[0], shift(held[-1], 1 - MONTHS_LOOKED_AT)), held[-1]),
        points=tuple(points),
        finding=_finding(shares, newest),
        coverage=_in_words(shares),
    )


def _few(points: Sequence[Point], others: str) -> list[Point]:
    """Return the first points of a sort, and how many more there are."""
    shown = list(points[:MOST_OF_A_SORT])
    if len(points) > MOST_OF_A_SORT:
        more = len(points) - MOST_OF_A_SORT
        shown.append(Point(f"{words.count(more)} {others}", "The first three of a sort are told"))
    return shown


def _source(row: dict[str, Any]) -> str:
    of = "" if row["account"] == "main" else f" ({row['account']})"
    return f"{kind_title(row['kind'])}{of} of {row['company']}"


def _late(rows: pl.DataFrame, today: date) -> Iterator[Point]:
    """Say which sources are late; one whose last month is missing is named with the missing."""
    this_month = f"{today:%Y-%m}"
    for row in rows.iter_rows(named=True):
        is_missing = f"{row['last_day']:%Y-%m}" < shift(this_month, -1)
        if today > row["due_by"] and not is_missing:
            every = row["usual_days"]
            usual = "every day" if every <= 1 else f"about every {words.count(every)} days"
            yield Point(
                f"{_source(row)} is late",
                f"It ends on {words.days(row['last_day'], row['last_day'])}, and its files come "
                f"{usual}. Hand in the next one",
            )


def _same_files(rows: pl.DataFrame) -> Iterator[Point]:
    for row in rows.iter_rows(named=True):
        loads = listed([words.count(number) for number in row["numbers"]])
        yield Point(
            f"The file {row['name']} is loaded under several names",
            f"Loads {loads} hold the same bytes under different companies, accounts or periods. "
            "Take back the one that is wrong",
        )


def _double(rows: pl.DataFrame) -> Iterator[Point]:
    for row in rows.iter_rows(named=True):
        other = {**row, "kind": row["other_kind"], "account": row["other_account"]}
        yield Point(
            f"{_source(row)} and {_source(other)} hold the same amounts",
            f"On {words.count(row['n_days'])} days of "
            f"{words.days(row['first_day'], row['last_day'])}. If they are one account of "
            f"{row['vendor']}, its use counts twice: take back the loads under one of the names",
        )


def _gaps(rows: pl.DataFrame) -> Iterator[Point]:
    for row in rows.sort("n_days", descending=True, maintain_order=True).iter_rows(named=True):
        noun = "workday" if row["n_days"] == 1 else "workdays"
        days = listed([words.days(day, day) for day in row["days_without"]], MOST_DAYS)
        yield Point(
            f"{_source(row)} has nothing on {words.count(row['n_days'])} {noun}",
            f"{days}. On all other workdays of 90 days it has use. If these were no days off, "
            "export them again",
        )


def _spikes(rows: pl.DataFrame) -> Iterator[Point]:
    for row in rows.iter_rows(named=True):
        times, measure = row["times_usual"], MEASURES[row["measure"]]
        much = f"about {words.count(times)} times the usual {measure}"
        if times is None:
            much = f"far more {measure} than usual"
        day = words.days(row["day"], row["day"])
        others = row["n_days"] - 1
        more = ""
        if others:
            more = f"{words.count(others)} more day{'s' * (others > 1)} of the month "
            more += "stand out. " if others > 1 else "stands out. "
        yield Point(
            f"{row['vendor']} at {row['company']}: {much} on {day}",
            f"Compared with the same weekday of the eight weeks before. {more}See in the vendor's "
            "console what ran; where the export holds a day twice, export it again",
        )


# ---- coverage ----------------------------------------------------------------------------------


def _ratio(rows: pl.DataFrame, part: str, whole: str) -> float | None:
    total = float(rows[whole].sum())
    return float(rows[part].sum()) / total if total else None


def _finding(rows: pl.DataFrame, month: str) -> str | None:
    cost = _ratio(rows, "cost_with_tokens_usd", "usage_cost_usd")
    tokens = _ratio(rows, "tokens_with_cost", "tokens")
    parts = []
    if cost is not None:
        parts.append(f"{words.share(cost)} of the usage cost has tokens")
    if tokens is not None:
        parts.append(f"{words.share(tokens)} of the tokens have a cost")
    return f"In {words.month_name(month)} {' and '.join(parts)}" if parts else None


def _in_words(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the coverage of each vendor as text; what is not known is a dash."""
    said = [
        {
            "Company": row["company"],
            "Vendor": row["vendor"],
            "Usage cost": _known(row["usage_cost_usd"], words.money),
            "of it with tokens": _known(row["cost_with_tokens_share"], words.share),
            "of it with an owner": _owned(row, "owned_cost_share"),
            "Tokens": _known(row["tokens"], words.tokens),
            "of them with a cost": _known(row["tokens_with_cost_share"], words.share),
            "of them with an owner": _owned(row, "owned_tokens_share"),
        }
        for row in rows.iter_rows(named=True)
    ]
    return pl.DataFrame(said)


def _known(value: words.Number | None, say: words.Say) -> str:
    return words.DASH if value is None else say(value)


def _owned(row: dict[str, Any], name: str) -> str:
    least = row[f"{name}_at_least"]
    return f"at least {words.share(least)}" if least is not None else _known(row[name], words.share)
