"""Who is compared with whom, and how the subject stands among the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10
from statistics import fmean
from typing import Any, Final

import polars as pl

from leverage import stats, words
from leverage.figures.figure import Ask
from leverage.figures.ground import Ground, Row, ground
from leverage.figures.scope import listed
from leverage.figures.yardstick import LEAST_PEERS
from leverage.view import shift

MOST_MONTHS: Final = 12
LEAST_MONTHS: Final = 3
"""So many months in which all are known are needed to say how sure a rank is."""


@dataclass(frozen=True)
class Ranks:
    """The ranks the months allow the subject, 1 the most tokens per employee, of so many."""

    low: int
    high: int
    of: int
    months: int

    @property
    def said(self) -> str:
        """Say the ranks: “2 of 6” or “1 to 3 of 6”."""
        ranks = str(self.low) if self.low == self.high else f"{self.low} to {self.high}"
        return f"{ranks} of {self.of}"


@dataclass(frozen=True)
class Standing:
    """The company looked at, those it is compared with, and those it cannot be compared with.

    `peers` and `left_out` are rows of the question companies_compared; `left_out` has the reason.
    """

    ground: Ground
    subject: Row
    peers: tuple[Row, ...]
    left_out: tuple[tuple[str, str], ...]
    is_alone: bool
    why_subject: str
    by_month: pl.DataFrame

    @property
    def name(self) -> str:
        """Return the name of the company looked at."""
        return str(self.subject["company"])

    @property
    def compared(self) -> tuple[Row, ...]:
        """Return the subject, where its figure is known, and its peers."""
        own = [self.subject] if is_comparable(self.subject) else []
        return (*own, *self.peers)

    @property
    def has_peers(self) -> bool:
        """Tell whether there are enough others for statistics of peers."""
        return self.subject["peer_index"] is not None

    @property
    def is_set_against(self) -> bool:
        """Tell whether there are others, and the subject's figure is whole enough to set beside."""
        return bool(self.peers) and is_comparable(self.subject)

    @property
    def why_no_peers(self) -> str:
        """Say why there are no statistics of peers, or nothing to compare with at all."""
        if self.is_alone:
            return (
                "One company is loaded; peers are the other companies of this installation, and "
                f"{LEAST_PEERS} are needed"
            )
        if self.subject["tokens_per_employee"] is None:
            return f"Unknown: {why_unknown(self.subject)}"
        if not self.subject["is_complete"]:
            return "The period is not complete, and is never compared with a whole one"
        n = len(self.peers)
        others = "1 other company" if n == 1 else f"{words.count(n)} other companies"
        return f"{others} can be compared; statistics of peers need {LEAST_PEERS}"

    def total(self, name: str) -> float | None:
        """Return the sum of a figure over the peers, None where it is unknown of one of them."""
        values = [peer[name] for peer in self.peers]
        if not values or any(value is None for value in values):
            return None
        return float(sum(values))

    def trend(self, name: str) -> tuple[float, ...]:
        """Return a figure of the subject in the newest complete months without a gap."""
        rows = self.by_month.filter(company=self.name).drop_nulls(name)
        known = dict(rows.select("month", name).iter_rows())
        run: list[float] = []
        month = max(known, default="")
        while month in known:
            run.append(float(known[month]))
            month = shift(month, -1)
        return tuple(reversed(run)) if len(run) > 1 else ()

    def before(self, name: str) -> float | None:
        """Return a figure of the subject in the month compared with, None where there is none.

        Only a window of one month has its earlier figure among the months. Cost is compared only
        where seats are known in both.
        """
        window = self.ground.headline.window
        if window.previous is None or window.months > 1:
            return None
        rows = self.by_month.filter(company=self.name, month=window.previous[0])
        is_alike = rows["is_seats_known"].to_list() == [self.subject["is_seats_known"]]
        if rows.is_empty() or (name == "cost_per_employee_usd" and not is_alike):
            return None
        value: float | None = rows[name][0]
        return value

    def ranks(self) -> Ranks | None:
        """Return the ranks the months allow, None where there are too few peers or months.

        What all companies do alike in a month is taken out of it, or growth would count as doubt.
        """
        if not self.has_peers:
            return None
        names = [str(row["company"]) for row in self.compared]
        wide = (
            self.by_month.filter(
                pl.col("company").is_in(names) & (pl.col("tokens_per_employee") > 0)
            )
            .pivot("company", index="month", values="tokens_per_employee")
            .drop_nulls()
            .sort("month")
            .tail(MOST_MONTHS)
        )
        if not set(names) <= set(wide.columns) or wide.height < LEAST_MONTHS:
            return None
        groups: dict[str, list[float]] = {name: [] for name in names}
        for row in wide.iter_rows(named=True):
            logs = {name: log10(row[name]) for name in names}
            middle = fmean(logs.values())
            for name in names:
                groups[name].append(logs[name] - middle)
        found = stats.rank_intervals(stats.partial_pooling(groups)).get(self.name)
        return Ranks(*found, of=len(names), months=wide.height) if found else None


def standing(ask: Ask) -> Standing | None:
    """Return who is compared, None where nothing that was loaded matches the view.

    The subject is the company chosen; of several, or of all, the one with the most tokens.
    """
    facts = ground(ask)
    if facts is None:
        return None
    rows = list(ask("companies_compared").frame.iter_rows(named=True))
    chosen = [row for row in rows if row["is_chosen"]]
    if not chosen:
        return None
    subject = chosen[0]
    others = [row for row in rows if row["is_in_view"] and row is not subject]
    why = ""
    if len(chosen) > 1:
        why = (
            f"it has the most tokens of the {words.count(len(chosen))} companies in view; choose "
            "one under Company to look at another"
        )
    return Standing(
        ground=facts,
        subject=subject,
        peers=tuple(row for row in others if is_comparable(row)),
        left_out=tuple(
            (str(row["company"]), why_unknown(row)) for row in others if not is_comparable(row)
        ),
        is_alone=len(rows) == 1,
        why_subject=why,
        by_month=ask("companies_by_month").frame,
    )


def is_comparable(row: Row) -> bool:
    """Tell whether a company's figure is known for the whole period."""
    return bool(row["is_complete"]) and row["tokens_per_employee"] is not None


def why_unknown(row: Row) -> str:
    """Say why a company's tokens per employee cannot be compared."""
    if row["employee_months"] is None:
        return "no headcount and no roster is loaded for all of the period"
    if row["tokens"] is None:
        return "no source in this view reports tokens"
    return "its period is not complete"


def left_out_in_words(found: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Say which companies are not compared, and why."""
    if not found:
        return ()
    return ("Not compared: " + listed([f"{name} ({why})" for name, why in found]),)


def times(ratio: float) -> str:
    """Say how many times: “1.4”, “3.2”, “12”."""
    rounded = round(ratio, 1) if ratio < 10 else round(ratio)
    return words.count(rounded) if rounded >= 10 else f"{rounded:g}"


def numbers(values: Sequence[Any]) -> list[float]:
    """Return the known values of some as floats."""
    return [float(value) for value in values if value is not None]
