"""The assumptions tab: what the answer rests on, what can be changed, and what a change moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from leverage import reference, roi, words
from leverage.figures.currency import Currency
from leverage.figures.figure import Ask, Hidden, Table
from leverage.figures.roi import believed, reinvested, said
from leverage.figures.roi.believed import BY_NAME, DESTINATIONS, INPUTS, Believed
from leverage.figures.roi.facts import Facts, Subject, facts
from leverage.figures.scope import listed
from leverage.privacy import SMALL_GROUPS

TABLE_NAME = "What the answer rests on"
MOVED_NAME = "What the last change moved"


@dataclass(frozen=True)
class Preset:
    """A range that the form can be filled with, and where it is from.

    `per_minute_of_work` tells that it is a share of time, to be multiplied by the minutes a day
    that such work takes.
    """

    label: str
    low: float
    mode: float
    high: float
    grade: str
    source: str
    per_minute_of_work: bool = False
    studies: str = ""


@dataclass(frozen=True)
class Offered:
    """What the form of one company needs: what is believed now, and the first day in view."""

    company: str
    first_day: date
    believed: Believed
    roles: tuple[str, ...] = ()  # those that may be shown alone

    def holds_from(self, now: roi.Assumption | None) -> date:
        """Return from when a change holds: not before what it changes, which would still count."""
        held = now.effective_date if now is not None else None
        return self.first_day if held is None else max(self.first_day, held)

    def why_not(self, name: str, low: float, mode: float, high: float) -> str | None:
        """Say what is wrong with a range beside what is believed, None where it can be."""
        is_of_freed_time = any(known.name == name for known in DESTINATIONS)
        too_much = reinvested.too_much(self.believed, name, mode) if is_of_freed_time else None
        return believed.why_not(name, low, high) or too_much


@dataclass(frozen=True)
class Held:
    """What the assumptions tab shows; `offered` is None where no single company is in view."""

    table: Table | Hidden
    moved: Table | Hidden
    reinvested: Table | Hidden
    offered: Offered | None


def held(ask: Ask) -> Held | None:
    """Return the assumptions tab, None where nothing that was loaded matches the view."""
    found = facts(ask, is_by_group=True)
    if found is None:
        return None
    subject = found.subject
    if subject is None:
        reason = said.why_not_one(found)
        table, moved, freed = (
            Hidden(name, reason) for name in (TABLE_NAME, MOVED_NAME, reinvested.NAME)
        )
        return Held(table, moved, freed, None)
    first_day = date.fromisoformat(f"{found.headline.window.first}-01")
    return Held(
        table=_table(found, subject),
        moved=_moved(ask, found, subject),
        reinvested=reinvested.table(subject.believed, _returns(subject), found.when),
        offered=Offered(subject.company, first_day, subject.believed, _roles(subject)),
    )


def presets(name: str) -> tuple[Preset, ...]:
    """Return the ranges that a form for one assumption can be filled with, none for most."""
    if name == believed.MINUTES:
        return tuple(
            Preset(
                label=f"{preset.role}: {_share(preset)} of {preset.share_of}, grade {preset.grade}",
                low=preset.low,
                mode=preset.mode,
                high=preset.high,
                grade=preset.grade,
                source="; ".join(dict.fromkeys(study.source for study in preset.studies)),
                per_minute_of_work=True,
                studies="; ".join(
                    f"{study.source} ({study.population}, n = {study.n}, {study.design})"
                    for study in preset.studies
                ),
            )
            for preset in roi.presets()
        )
    if name == believed.ATTRIBUTION:
        return tuple(
            Preset(
                label=f"{rung.name} {rung.design}: {words.share(rung.mode)}",
                low=rung.low,
                mode=rung.mode,
                high=rung.high,
                grade="D",
                source=f"{rung.name}, {rung.design}: {rung.reason}",
            )
            for rung in reference.evidence_ladder()
        )
    return ()


def _share(preset: roi.Preset) -> str:
    low, mode, high = (said.percent(part) for part in (preset.low, preset.mode, preset.high))
    return f"{mode} ({low} to {high})"


def _table(found: Facts, subject: Subject) -> Table:
    now = subject.believed
    rows = [
        _row(now.own[known.name], known.name in now.proposed)
        for known in INPUTS
        if known.name in now.own and known not in DESTINATIONS
    ]
    rows += [_row(assumed, is_proposed=False) for assumed in now.of_work.values()]
    rows += [_row(assumed, is_proposed=False) for assumed in now.of_role.values()]
    lacking = [
        known.label
        for known in INPUTS
        if known.name in (believed.WAGE, believed.MINUTES) and known.name not in now.own
    ]
    n, last = len(now.proposed), found.headline.window.last
    finding = f"{words.count(n)} of {len(rows)} {'is' if n == 1 else 'are'} proposed, not yours"
    if not n:
        finding = f"All {len(rows)} are your own"
    if lacking:
        finding = f"Nobody has said: {'; '.join(label[0].lower() + label[1:] for label in lacking)}"
    return Table(
        name=f"{TABLE_NAME}, in force at the end of {words.month_name(last)}",
        finding=finding,
        question="assumptions_in_force",
        metric="net_value_usd",
        rows=pl.DataFrame(rows),
        note="Between lowest and highest every value is drawn, those near the likeliest most "
        "often. Grades go from A, an experiment, to D, a judgement." + _of_roles(subject),
    )


def _roles(subject: Subject) -> tuple[str, ...]:
    """Return the roles with days of their own, of which something can be assumed."""
    days = subject.this.days_by_role() if subject.this else {}
    return tuple(sorted(role for role, n in days.items() if n and role != SMALL_GROUPS))


def _of_roles(subject: Subject) -> str:
    """Say for which roles an assumption of their own counts, and for which it cannot."""
    roles, days = subject.believed.roles, subject.this.days_by_role() if subject.this else {}
    counted = [role for role in roles if days.get(role)]
    aside = [role for role in roles if role not in counted]
    said = f" What is assumed of {listed(counted)} counts for its own days." if counted else ""
    if aside:
        said += (
            f" What is assumed of {listed(aside)} is in no figure: its days may not be shown alone."
        )
    return said


def _row(assumed: roi.Assumption, is_proposed: bool) -> dict[str, str]:
    known = BY_NAME[assumed.name]
    of = " · ".join(part for part in (assumed.workflow, assumed.role) if part)
    low, mode, high = (
        believed.number(value, known.unit) for value in (assumed.low, assumed.mode, assumed.high)
    )
    since = assumed.effective_date
    who = "proposed" if is_proposed else assumed.author or words.UNKNOWN
    return {
        "Assumption": f"{known.label} ({of})" if of else known.label,
        "Lowest · likeliest · highest": low if low == high else f"{low} · {mode} · {high}",
        "Unit": known.unit,
        "Where from, and its grade": f"{assumed.source or words.UNKNOWN}; "
        f"grade {assumed.evidence_grade or words.UNKNOWN}",
        "Who, since": who if since is None else f"{who}, {since:%Y-%m-%d}",
    }


def _returns(subject: Subject) -> roi.Returns | None:
    """Return what comes of the company's window, None where it is not known."""
    case = subject.case(subject.this) if subject.this else None
    found = None if case is None or said.why_no_break_even(subject) else roi.returns(case)
    return found if isinstance(found, roi.Returns) else None


def _moved(ask: Ask, found: Facts, subject: Subject) -> Table | Hidden:
    """Return break-even and return before the last decision beside those after it."""
    last = next(ask("assumption_last_decided").frame.iter_rows(named=True), None)
    if found.why_nothing or subject.this is None:
        return Hidden(MOVED_NAME, found.why_nothing or "No whole month of it is in view")
    if last is None or last["assumption"] not in BY_NAME:
        return Hidden(MOVED_NAME, "No assumption has been changed here yet")
    earlier = believed.believed(ask("assumptions_before").frame.to_dicts(), subject.company)
    cases = [subject.case(subject.this, held) for held in (earlier, subject.believed)]
    rows = _measures(found, subject, cases)
    known = BY_NAME[last["assumption"]]
    who, when = last["author"] or "Somebody", last["decided_at"]
    return Table(
        name=f"{MOVED_NAME}: {known.label}, {_went(last, earlier)}",
        finding=f"{who} changed “{known.short}” on {when:%Y-%m-%d}: {_finding(rows)}",
        question="assumptions_before",
        metric="net_value_usd",
        rows=pl.DataFrame(rows),
        note=f"Why: {last['source']}. Each draw of the other assumptions is the same in both, so "
        "that what moved is this change and not chance. The link to this view keeps the data "
        "version, and with it these assumptions.",
    )


def _went(last: dict[str, Any], earlier: Believed) -> str:
    known = BY_NAME[last["assumption"]]
    before = earlier.said_of(known.name, last["workflow"], last["role"])
    after = None if last["mode"] is None else (last["low"], last["mode"], last["high"])
    ends = (None if before is None else (before.low, before.mode, before.high), after)
    told = [_range(end, known.unit) for end in ends]
    return f"from {told[0]} to {told[1]}"


def _range(values: Sequence[float] | None, unit: str) -> str:
    if values is None:
        return "nothing"
    low, mode, high = (believed.in_unit(value, unit) for value in values)
    return mode if low == high else f"{mode} ({low} to {high})"


def _measures(
    found: Facts, subject: Subject, cases: Sequence[roi.Case | None]
) -> list[dict[str, str]]:
    told = [_told(found.currency, subject, case) for case in cases]
    return [
        {
            "Measure": name,
            "Before": before,
            "Now": now,
            "": "the same" if before == now else "moved",
        }
        for (name, before), now in zip(told[0].items(), told[1].values(), strict=True)
    ]


def _told(currency: Currency, subject: Subject, case: roi.Case | None) -> dict[str, str]:
    """Return the measures of one case in words, unknown where they are."""
    names = ("Break-even minutes", "Break-even realisation", "Net value, P50")
    more = ("Net value, P10 to P90", "Chance of a loss", "Net present value, P50")
    unknown = dict.fromkeys((*names, *more), words.UNKNOWN)
    if case is None or subject.this is None or subject.this.why_no_days:
        return unknown
    even, found = roi.break_even(case), roi.returns(case)
    told = unknown | {names[0]: said.minutes(even.minutes)}
    if even.realisation is not None:
        told[names[1]] = words.share(even.realisation)
    if isinstance(found, roi.Returns):
        told[names[2]] = currency.say(found.net_usd.p50)
        told[more[0]] = said.between_money(found.net_usd, currency)
        told[more[1]] = words.share(found.loss_probability)
        if found.npv_usd is not None:
            told[more[2]] = currency.say(found.npv_usd.p50)
    return told


def _finding(rows: Sequence[dict[str, str]]) -> str:
    names = {
        "Break-even minutes": "break-even",
        "Net value, P50": "the middle of the net",
        "Net present value, P50": "the middle of the net present value",
    }
    moved = [
        f"{names[row['Measure']]} from {row['Before']} to {row['Now']}"
        for row in rows
        if row["Measure"] in names and row["Before"] != row["Now"]
    ]
    return " and ".join(moved[:2]) or "neither break-even nor the middle of the net moved"
