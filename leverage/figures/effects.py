"""What was done and what came of it: each outcome before and after, and the design behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import nan
from typing import Any, Final, Literal

import polars as pl

from leverage import stats, words
from leverage.figures.figure import Ask
from leverage.figures.ground import many
from leverage.figures.rates import decimal, per_hundred, tenths
from leverage.figures.scope import listed
from leverage.stats.effects import Ends, MeasuredEffect
from leverage.view import shift, span

MOST_MONTHS: Final = 6
"""Months on either side of an intervention that are held against each other, at most."""
LEAST_MONTHS: Final = 2
NAMES: Final = {
    "mttr_hours": "Hours to repair",
    "lead_time_hours": "Lead time, hours",
    "resolution_hours": "Resolution time, hours",
    "change_failure_share": "Deployments that failed",
    "tickets": "Tickets",
    "deployments": "Deployments",
    "failed_deployments": "Failed deployments",
    "incidents": "Incidents",
    "escaped_defects": "Escaped defects",
    "found_before_customer": "Found before the customer",
    "accepted": "Accepted work",
    "completed": "Completed work",
    "reworked": "Reworked",
}
"""The outcomes that are drawn, in this order, as people name them; then all others but reviews."""
OF_REVIEWS: Final = ("needs_review", "reviewed", "reviewers")
NOT_ZERO: Final = "not distinguishable from zero"

Noun = Literal["team", "department", "company"]


@dataclass(frozen=True)
class Intervention:
    """Something that was done on a day, to one department or to a whole company."""

    company: str
    month: str
    is_month_start: bool
    event: str
    department: str | None
    is_in_view: bool = True

    @property
    def first_month(self) -> str:
        """Return the first month that is wholly after it."""
        return self.month if self.is_month_start else shift(self.month, 1)


@dataclass(frozen=True)
class Effect:
    """One outcome before and after an intervention, and how much of it the design holds on to.

    `before` and `after` are means over `months` each, of those it was done to as a whole. `found`
    compares `noun`s, the smallest parts that outcomes were handed in for. `workflow` is the one
    that the outcome names; where it names none the department stands for its own work. `later` is
    the same done to other departments in later months, where it was rolled out one by one.
    """

    intervention: Intervention
    metric: str
    workflow: str | None
    is_per_employee: bool
    before: float
    after: float
    months: int
    found: MeasuredEffect
    noun: Noun
    later: tuple[Intervention, ...] = ()

    @property
    def of(self) -> str:
        """Name whom it was done to."""
        names = [done.department for done in (self.intervention, *self.later) if done.department]
        return listed(names) if names else "the whole company"

    @property
    def outcome(self) -> str:
        """Name the outcome, as people do."""
        return name_of(self.metric) + (" per employee" if self.is_per_employee else "")

    @property
    def say(self) -> words.Say:
        """Return how values of the outcome are said."""
        return say_of(self.metric, self.is_per_employee, max(self.before, self.after))

    @property
    def interval(self) -> tuple[float, float] | None:
        """Return the 95 % interval, None where too few are compared to rely on one."""
        return None if self.found.is_directional else self.found.interval

    @property
    def holds_zero(self) -> bool:
        """Tell whether the effect is not distinguishable from zero."""
        return self.interval is not None and self.interval[0] <= 0 <= self.interval[1]

    @property
    def told(self) -> str:
        """Say the effect: its size with its interval, or its direction where few are compared."""
        say, alone = self.say, self.found.rung == "E4"
        size = signed(self.found.effect, say)
        if self.interval is None:
            is_size = alone or size == words.moved(0, say)
            return size if is_size else _direction(self.found.effect)
        low, high = (signed(end, say) for end in self.interval)
        return f"{size} ({low} to {high})" + (f", {NOT_ZERO}" if self.holds_zero else "")

    @property
    def design(self) -> str:
        """Say what was compared with what, and how much chance there is in it."""
        found, error = self.found, ""
        if self.interval is not None:
            error = f", SE {self.say(found.standard_error)}"
        if found.rung == "E4":
            n = f", {many(found.n_treated, self.noun)}" if error else ""
            return f"before-after, {many(self.months, 'month')} each{n}{error}"
        against = f"{words.count(found.n_treated)} against {many(found.n_control, self.noun)}"
        if self.later:
            return f"staggered rollout, {against} not begun yet{error or ': directional'}"
        if found.rung == "E3":
            return f"matched before-after, {against} of other companies most alike before{error}"
        return f"difference-in-differences, {against}{error or ': directional'}"

    def pieces(self, rows: pl.DataFrame, months: Iterable[str]) -> float | None:
        """Return the cases of those it was done to in some months, from when it was done on.

        0 where none of these months came after it, None where nobody counted the cases.
        """
        mine = rows.filter(
            (pl.col("company") == self.intervention.company)
            & (pl.col("metric") == self.metric)
            & pl.col("month").is_in(list(months))
            & pl.any_horizontal(
                _is_done_to(done) & (pl.col("month") >= done.first_month)
                for done in (self.intervention, *self.later)
            )
        )
        return None if mine["cases"].null_count() else float(mine["cases"].sum())


def outcome_rows(ask: Ask) -> pl.DataFrame:
    """Return the outcomes of every company in complete months, those of reviews left out."""
    months = ask("months").frame.filter(pl.col("is_complete"))["month"].to_list()
    return ask("outcomes_by_month").frame.filter(
        pl.col("month").is_in(months) & ~pl.col("metric").is_in(OF_REVIEWS)
    )


def interventions(ask: Ask) -> list[Intervention]:
    """Return what was done in the months of the trend in any company, oldest first."""
    found = ask("events_in_window").frame.filter(
        (pl.col("event_kind") == "intervention") & pl.col("company").is_not_null()
    )
    return [
        Intervention(
            company=row["company"],
            month=row["month"],
            is_month_start=row["day"].day == 1,
            event=row["event"],
            department=row["department"],
            is_in_view=row["is_in_view"],
        )
        for row in found.iter_rows(named=True)
    ]


def why_no_effect(done: Sequence[Intervention]) -> str:
    """Say why there is no effect of what was done."""
    if not any(one.is_in_view for one in done):
        return (
            "No intervention is logged in these months: load an event of kind intervention, with "
            "its department where others were left as they were"
        )
    return f"No outcome has {LEAST_MONTHS} complete months before and after it"


def effects(rows: pl.DataFrame, done: Sequence[Intervention]) -> list[Effect]:
    """Return the effects of interventions in view on outcomes, the strongest design first.

    Rows and interventions are those of every company: the others are what a match is found among
    and what rules it out. First those with an interval, then those that were held against others,
    then the rest.
    """
    found: list[Effect] = []
    for together in _rolled_out(one for one in done if one.is_in_view):
        for metric in metrics(rows.filter(pl.col("company") == together[0].company)):
            others = [other for other in done if other not in together]
            staggered = _staggered(rows, together, metric, others)
            if staggered is not None:
                found.append(staggered)
                continue
            one_by_one = (
                _effect(rows, one, metric, [other for other in done if other is not one])
                for one in together
            )
            found += [effect for effect in one_by_one if effect is not None]
    return sorted(found, key=lambda effect: (effect.interval is None, effect.found.rung))


def _rolled_out(done: Iterable[Intervention]) -> list[tuple[Intervention, ...]]:
    """Return what was done, the same done to several departments of a company together."""
    found: dict[tuple[str, str], list[Intervention]] = {}
    for one in done:
        found.setdefault((one.company, one.event), []).append(one)
    return [tuple(sorted(group, key=lambda one: one.month)) for group in found.values()]


def metrics(rows: pl.DataFrame) -> list[str]:
    """Return the outcomes of some rows in the order in which they are drawn."""
    there = rows["metric"].unique().sort().to_list()
    known = [metric for metric in NAMES if metric in there]
    return [*known, *(metric for metric in there if metric not in NAMES)]


def name_of(metric: str) -> str:
    """Name an outcome as people do; one that is not known keeps its own name."""
    return NAMES.get(metric, metric.replace("_", " ").capitalize())


def say_of(metric: str, is_per_employee: bool, largest: float) -> words.Say:
    """Return how an outcome is said, alike for all values of one chart or line."""
    if metric.endswith("_share"):
        return tenths
    if metric.endswith("_hours"):
        return lambda value: f"{decimal(value)} h"
    if not is_per_employee:
        return words.count
    return per_hundred if largest < 1 else decimal


def signed(part: float, say: words.Say) -> str:
    """Say a difference with its sign; one that would read as 0 is no change."""
    return words.moved(0 if say(abs(part)) == say(0) else part, say)


def around(months: Sequence[str], intervention: Intervention) -> tuple[list[str], list[str]]:
    """Return the months before and after an intervention, as many on either side.

    The month it fell in is neither, unless it began on its first day.
    """
    before = sorted(month for month in months if month < intervention.month)
    after = sorted(month for month in months if month >= intervention.first_month)
    n = min(MOST_MONTHS, len(before), len(after))
    return (before[-n:], after[:n]) if n else ([], [])


def _effect(
    rows: pl.DataFrame, intervention: Intervention, metric: str, others: Sequence[Intervention]
) -> Effect | None:
    """Return the effect on one outcome, None where too few months of it are known."""
    mine = rows.filter((pl.col("company") == intervention.company) & (pl.col("metric") == metric))
    before, after = around(mine["month"].unique().sort().to_list(), intervention)
    if len(before) < LEAST_MONTHS or span(before[0], before[-1]) != len(before):
        return None
    done_to = mine.filter(_is_done_to(intervention))
    own = _ends(done_to, before, after)
    if len(own) != 1:
        return None
    at_once = {
        other.department
        for other in others
        if other.company == intervention.company and before[0] <= other.month <= after[-1]
    }
    compared = None
    if intervention.department is not None:
        compared = _compared(mine, intervention, (before, after), at_once)
    if compared is None:
        compared = _matched(rows, mine, intervention, (before, after), others)
    found, noun = compared or _alone(mine, intervention, (before, after), own[0])
    named = done_to.filter(pl.col("month").is_in(after))["workflow"].unique().to_list()
    return Effect(
        intervention=intervention,
        metric=metric,
        workflow=named[0] if len(named) == 1 and named[0] else intervention.department,
        is_per_employee=bool(mine["value_per_employee"].is_not_null().any()),
        before=own[0][0],
        after=own[0][1],
        months=len(before),
        found=found,
        noun=noun,
    )


def _is_done_to(intervention: Intervention) -> pl.Expr:
    """Tell the rows of those it was done to as a whole: the company, or one department."""
    if intervention.department is None:
        return pl.col("scope").is_null()
    return _is_whole_department() & (pl.col("department") == intervention.department)


def _is_whole_department() -> pl.Expr:
    return pl.col("scope") == pl.col("department")


def _teams(mine: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of teams, none of counts: those are not divided by employees."""
    is_team = pl.col("scope").is_not_null() & (pl.col("scope") != pl.col("department"))
    return mine.filter(is_team & pl.lit(bool(mine["is_mean"].all())))


def _compared(
    mine: pl.DataFrame,
    intervention: Intervention,
    months: tuple[list[str], list[str]],
    at_once: Iterable[str | None],
) -> tuple[MeasuredEffect, Noun] | None:
    """Return the effect against those left as they were, None where there are none of them.

    Teams stand for themselves where both sides have any, else departments do. A department to which
    something else was done in these months was not left as it was.
    """
    is_own = pl.col("department") == intervention.department
    is_other = ~is_own & ~pl.col("department").is_in([name for name in at_once if name])
    teams = _teams(mine)
    arms = [teams.filter(is_own), teams.filter(is_other)]
    noun: Noun = "team"
    if not all(len(arm) for arm in arms):
        departments = mine.filter(_is_whole_department())
        arms, noun = [departments.filter(is_own), departments.filter(is_other)], "department"
    treated, control = (_ends(arm, *months) for arm in arms)
    found = stats.difference_in_differences(treated, control)
    return None if found is None else (found, noun)


def _matched(
    rows: pl.DataFrame,
    mine: pl.DataFrame,
    intervention: Intervention,
    months: tuple[list[str], list[str]],
    others: Iterable[Intervention],
) -> tuple[MeasuredEffect, Noun] | None:
    """Return the effect against the teams of other companies that were most alike before.

    None where they are too few to tell a size. Companies to which something was done in these
    months are left out.
    """
    busy = {one.company for one in others if months[0][0] <= one.month <= months[1][-1]}
    elsewhere = rows.filter(
        (pl.col("metric") == mine["metric"][0])
        & (pl.col("company") != intervention.company)
        & ~pl.col("company").is_in(busy)
    )
    if elsewhere.is_empty():
        return None
    own = _teams(mine)
    if intervention.department is not None:
        own = own.filter(pl.col("department") == intervention.department)
    pool = [ends for _, of in _teams(elsewhere).group_by("company") for ends in _ends(of, *months)]
    found = stats.matched(_ends(own, *months), pool)
    return None if found is None or found.is_directional else (found, "team")


def _staggered(
    rows: pl.DataFrame,
    together: Sequence[Intervention],
    metric: str,
    others: Iterable[Intervention],
) -> Effect | None:
    """Return the effect of what departments began with in different months, None where it is none.

    Each team is compared with those that had not begun yet. The month that something was begun
    within counts as before it, which makes the effect rather too small than too large.
    """
    starts = {one.department: one.first_month for one in together if one.department is not None}
    if len(set(starts.values())) < 2:
        return None
    busy = [one.department for one in others if one.company == together[0].company]
    mine = rows.filter(
        (pl.col("company") == together[0].company)
        & (pl.col("metric") == metric)
        & ~pl.col("department").is_in([name for name in busy if name])
    )
    teams = _teams(mine)
    noun: Noun = "team" if len(teams) else "department"
    parts = teams if len(teams) else mine.filter(_is_whole_department())
    if parts.is_empty():
        return None
    first = str(parts["month"].min())
    periods = [shift(first, place) for place in range(span(first, str(parts["month"].max())))]
    courses, begun = [], []
    for _, of in parts.group_by("scope", maintain_order=True):
        held = dict(of.select("month", _per_employee()).iter_rows())
        courses.append([held.get(month, nan) for month in periods])
        start = starts.get(of["department"][0])
        begun.append(periods.index(start) if start in periods else None)
    found = stats.staggered(courses, begun)
    sides = [around(periods, one) for one in together]
    own = [
        ends
        for one, side in zip(together, sides, strict=True)
        for ends in _ends(mine.filter(_is_done_to(one)), *side)
    ]
    if found is None or found.n_treated < 2 or len(own) < len(together):
        return None
    done_to = mine.filter(pl.any_horizontal(_is_done_to(one) for one in together))
    named = done_to["workflow"].unique().to_list()
    return Effect(
        intervention=together[0],
        metric=metric,
        workflow=named[0] if len(named) == 1 else None,
        is_per_employee=bool(mine["value_per_employee"].is_not_null().any()),
        before=sum(before for before, _ in own) / len(own),
        after=sum(after for _, after in own) / len(own),
        months=min(len(before) for before, _ in sides),
        found=found,
        noun=noun,
        later=tuple(together[1:]),
    )


def _per_employee() -> pl.Expr:
    return pl.coalesce("value_per_employee", "value").alias("value")


def _alone(
    mine: pl.DataFrame,
    intervention: Intervention,
    months: tuple[list[str], list[str]],
    own: Ends,
) -> tuple[MeasuredEffect, Noun]:
    """Return the effect where nobody was left as they were: by team, where there are enough."""
    teams = _teams(mine)
    if intervention.department is not None:
        teams = teams.filter(pl.col("department") == intervention.department)
    by_team = stats.before_after(_ends(teams, *months))
    if by_team is not None and not by_team.is_directional:
        return by_team, "team"
    change = MeasuredEffect(own[1] - own[0], None, 1, 0, "E4")
    return change, "company" if intervention.department is None else "department"


def _direction(effect: float) -> str:
    """Say which way few teams point: a size would claim what they cannot show."""
    return "higher than elsewhere" if effect > 0 else "lower than elsewhere"


def _ends(rows: pl.DataFrame, before: list[str], after: list[str]) -> list[Ends]:
    """Return (mean before, mean after) of every scope that is known in all of these months."""
    found: list[Ends] = []
    for scope in rows["scope"].unique().sort().to_list():
        of_scope = rows.filter(pl.col("scope").eq_missing(scope))
        mine: dict[str, Any] = dict(of_scope.select("month", _per_employee()).iter_rows())
        if all(month in mine for month in (*before, *after)):
            means = [sum(mine[m] for m in part) / len(part) for part in (before, after)]
            found.append((means[0], means[1]))
    return found
