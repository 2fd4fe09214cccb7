"""The head of the page: from how many minutes saved use pays for itself, and what it is worth."""

from dataclasses import dataclass, replace

import polars as pl

from leverage import charts, roi, words
from leverage.figures.currency import Currency
from leverage.figures.figure import (
    Ask,
    Chart,
    Figure,
    Hidden,
    Table,
    against,
    hidden,
    shown,
    unbroken,
)
from leverage.figures.ground import Badge, ToSettle, many
from leverage.figures.roi import believed, reinvested, said, several
from leverage.figures.roi.facts import QUESTION, Facts, Spent, Subject, facts
from leverage.figures.scope import listed
from leverage.words import DASH, Said, Sentence

WORTH_NAME = "What the use is worth against what it costs"
TORNADO_NAME = "What the answer hangs on"

LEFT_OUT = {"platform": "platform", "enablement": "training", "review": "review"}


@dataclass(frozen=True)
class Roi:
    """Everything the page shows above its tabs, in its order.

    `has_wage` tells whether an hour of work has a cost, without which there is no answer.
    """

    title: str
    badges: tuple[Badge, ...]
    figures: tuple[Figure, ...]
    sentences: tuple[Sentence, ...]
    to_settle: tuple[ToSettle, ...]
    worth: Chart | Hidden
    tornado: Chart | Hidden
    measures: Table | Hidden
    has_wage: bool
    notes: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class _Worked:
    """What is worked out of the one company in view; None where it is not known."""

    subject: Subject
    this: Spent
    case: roi.Case | None
    even: roi.BreakEven | None
    returns: roi.Returns | None
    why_not: str | None  # why there is no break-even
    why_no_returns: str

    @property
    def name(self) -> str:
        return self.subject.company


def roi_page(ask: Ask) -> Roi | None:
    """Return the head of the page, None where nothing that was loaded matches the view."""
    found = facts(ask)
    if found is None:
        return None
    one = worked(found)
    return Roi(
        title=_title(found, one),
        badges=tuple(_badges(found, one)),
        # Confidence is that of files; what rests on belief says the grade of its evidence instead.
        figures=tuple(_figures(found, one)),
        sentences=tuple(_sentences(ask, found, one)),
        to_settle=tuple(_to_settle(found, one)),
        worth=_worth(found, one),
        tornado=_tornado(found, one),
        measures=_measures(found, one),
        has_wage=one is None or one.case is not None,
        notes=(*_of_currency(found), *found.notes),
        source=found.source(),
    )


def worked(found: Facts) -> _Worked | None:
    """Return what is worked out of the one company in view, None where there is no such."""
    subject = found.subject
    if subject is None or subject.this is None or found.why_nothing:
        return None
    case, why_not = subject.case(subject.this), said.why_no_break_even(subject)
    even = None if case is None or why_not else roi.break_even(case)
    told = None if case is None or why_not else roi.returns(case)
    returns = told if isinstance(told, roi.Returns) else None
    why_no_returns = why_not or (said.REASONS[told] if isinstance(told, str) else "")
    return _Worked(subject, subject.this, case, even, returns, why_not, why_no_returns)


# ---- the finding -------------------------------------------------------------------------------


def _title(found: Facts, one: _Worked | None) -> str:
    if found.why_nothing:
        return "Whether it pays is not told under this view"
    if one is None:
        return several.title(found)
    if one.even is None:
        a_day = one.this.usd_per_active_day
        if one.why_not == said.NO_WAGE and a_day is not None:
            return (
                f"An active day costs {found.currency.say(a_day)}; from how many minutes saved "
                "that pays for itself is unknown until an hour of work has a cost"
            )
        return f"Whether it pays is unknown: {one.why_not}"
    needed = said.minutes(one.even.minutes)
    title = f"It pays for itself from {needed} saved per active day"
    if one.returns is None or one.case is None:
        return f"{title}; how many are saved nobody has said yet"
    assumed = f"{said.minutes(one.case.minutes_assumed)} are assumed"
    if not said.is_enough(one.case):
        # “It pays for itself” above a chance of a loss of nine in ten would be read as a claim.
        title, assumed = (
            f"It takes {needed} saved per active day to pay for itself",
            f"only {assumed}",
        )
    chance = words.share(one.returns.loss_probability)
    return f"{title}; {assumed}, and the chance of a loss is {chance}"


def _of_currency(found: Facts) -> tuple[str, ...]:
    """Say by which rate money is told, and that what is assumed is told as it was said."""
    if not found.currency.told or found.currency.is_refused:
        return found.currency.told
    return (*found.currency.told, "What is assumed stays in US dollars, as it is edited")


def _badges(found: Facts, one: _Worked | None) -> list[Badge]:
    window = found.headline.window
    badges = found.completeness()
    if len(found.whole) < window.months:
        n = f"{len(found.whole)} of {many(window.months, 'month')}"
        badges = [Badge(f"Told for {n}: the others are not whole", "hourglass_empty", True)]
    if one is not None:
        weakest = _weakest(one)
        if weakest:
            badges.append(Badge(f"Weakest evidence: grade {weakest}", "stairs", weakest > "B"))
        if one.subject.believed.proposed:
            n_proposed = len(one.subject.believed.proposed)
            badges.append(
                Badge(f"{many(n_proposed, 'assumption')} proposed, not yours", "edit_note", True)
            )
        if one.this.dated_share is not None and one.this.dated_share < 1:
            share = words.share(one.this.dated_share)
            badges.append(Badge(f"Days known of {share} of the people", "event_busy", True))
    if found.currency.told:
        badges.append(Badge(found.currency.name, "payments", found.currency.is_refused))
    return badges


# ---- the figures -------------------------------------------------------------------------------


def _figures(found: Facts, one: _Worked | None) -> list[Figure]:
    cost = found.judged(_cost(found, one))
    if one is None and not found.why_nothing:
        return [found.judged(several.active_day(found)), cost]
    return [
        _minutes(found, one),
        _realisation(found, one),
        _net(found, one),
        _loss(found, one),
        cost,
    ]


def _graded(one: _Worked) -> tuple[str, ...]:
    """Say the grade of the weakest evidence, as a line below a figure."""
    grade = _weakest(one)
    return (f"evidence: grade {grade}",) if grade else ()


def _weakest(one: _Worked) -> str:
    assumed = one.case.assumptions if one.case else ()
    return max((assumption.evidence_grade for assumption in assumed), default="")


def _why(found: Facts, one: _Worked | None) -> str:
    if one is None:
        return said.why_not_one(found)
    return f"Unknown: {one.why_not or one.why_no_returns}"


def _minutes(found: Facts, one: _Worked | None) -> Figure:
    figure = Figure("break_even_minutes", "Break-even", question=QUESTION)
    if one is None or one.even is None or one.even.minutes is None:
        return hidden(figure, _why(found, one))
    before = _before(found, one)
    change, is_rise = against(one.even.minutes, before)
    if said.minutes(before) == said.minutes(one.even.minutes):
        # “16 minutes, +3 %, 16 minutes in September” would contradict itself.
        change, is_rise = against(before, before)
    beside = [*found.earlier(before, said.minutes), "to save on each active day"]
    spread = roi.break_even_spread(one.case) if one.case is not None else None
    if spread is not None:
        beside.append(f"{said.minutes_between(spread.p10, spread.p90)} across the assumptions")
    if one.this.dated_share is not None and one.this.dated_share < 1:
        beside.append(f"at most: days of {words.share(one.this.dated_share)} are known")
    if one.even.is_within_cap is False:
        beside.append("more than one can be helped in a day")
    n = f"{words.count(one.this.person_days)} active days"
    return shown(
        figure,
        said.minutes(one.even.minutes),
        change,
        is_rise,
        [*beside, *_graded(one)],
        _trend(one),
        n=n,
        value=one.even.minutes,
    )


def _before(found: Facts, one: _Worked) -> float | None:
    """Return the minutes of the earlier period, by what is assumed now."""
    before = one.subject.before
    return _minutes_of(one.subject, before) if found.is_compared and before else None


def _minutes_of(subject: Subject, spent: Spent) -> float | None:
    case = subject.case(spent)
    return None if case is None or spent.why_no_days else roi.break_even(case).minutes


def _trend(one: _Worked) -> tuple[float, ...]:
    return unbroken([_minutes_of(one.subject, spent) for spent in one.subject.by_month.values()])


def _realisation(found: Facts, one: _Worked | None) -> Figure:
    figure = Figure("break_even_realisation", "Break-even realisation", question=QUESTION)
    if one is None or one.even is None or one.case is None:
        return hidden(figure, _why(found, one))
    value = one.even.realisation
    if value is None:
        return hidden(figure, f"Unknown: {said.REASONS['gain unknown']}")
    assumed = one.subject.believed.own[believed.REALISATION]
    beside = [
        "of the time saved has to become value",
        f"{words.share(assumed.mode)} is assumed ({words.share(assumed.low)} to "
        f"{words.share(assumed.high)})",
    ]
    if value > 1:
        beside.append("more than all of it: it cannot")
    n = f"{words.count(one.this.person_days)} active days"
    beside += _graded(one)
    return shown(figure, words.share(value), None, None, beside, (), n=n, value=value)


def _net(found: Facts, one: _Worked | None) -> Figure:
    figure = Figure("net_value_usd", f"Net value, {found.currency.code}", question=QUESTION)
    if one is None or one.returns is None:
        return hidden(figure, _why(found, one))
    net, say = one.returns.net_usd, found.currency.say
    text = said.short_between(net, found.currency)
    beside = [
        f"P50 {say(net.p50)}, mean {say(net.mean)}",
        f"eight of ten simulated outcomes, {many(one.this.months, 'month')}",
        *_graded(one),
    ]
    if net.holds_zero:
        beside.insert(0, said.NOT_ZERO)
    return shown(figure, text, None, None, beside, (), n="10,000 draws")


def _loss(found: Facts, one: _Worked | None) -> Figure:
    figure = Figure("loss_probability", "Chance of a loss", question=QUESTION)
    if one is None or one.returns is None:
        return hidden(figure, _why(found, one))
    value = one.returns.loss_probability
    beside = [
        "of 10,000 draws of what is assumed",
        "only as reliable as what is assumed",
        *_graded(one),
    ]
    return shown(figure, words.share(value), None, None, beside, (), n="10,000 draws", value=value)


def _cost(found: Facts, one: _Worked | None) -> Figure:
    figure = Figure("full_cost_usd", "Full cost", question=QUESTION)
    held = [subject.this for subject in found.subjects if subject.this is not None]
    costs = [spent.full_cost_usd for spent in held]
    known = [cost for cost in costs if cost is not None]
    if found.why_nothing:
        return hidden(figure, found.why_nothing)
    if not known or len(known) < len(costs):
        return hidden(figure, f"Unknown: {said.REASONS['cost unknown']}")
    seats, estimated = (
        sum(spent.seats_usd or 0 for spent in held),
        sum(spent.estimated_usd for spent in held),
    )
    before = [subject.before for subject in found.subjects]
    earlier = [spent.full_cost_usd if spent else None for spent in before]
    previous = None if None in earlier or not found.is_compared else sum(c or 0 for c in earlier)
    change, is_rise = against(sum(known), previous)
    say = found.currency.say
    beside = [*found.earlier(previous, say), f"seats {say(seats)}"]
    if estimated:
        beside.append(f"estimated part {say(estimated)}")
    if one is not None and one.case is not None and one.case.cost.assumptions:
        beside.append(f"{say(one.case.likeliest_cost_usd)} with what is assumed of cost")
    n = many(len(held), "company")
    return shown(figure, say(sum(known)), change, is_rise, beside, (), n=n, value=sum(known))


# ---- sentences ---------------------------------------------------------------------------------


def _sentences(ask: Ask, found: Facts, one: _Worked | None) -> list[Sentence]:
    if found.why_nothing:
        return [Sentence("unknown", found.why_nothing, f"{found.why_nothing}.")]
    if one is None:
        return several.sentences(found)
    told = [
        _about_days(found, one),
        _about_worth(found, one),
        reinvested.sentence(one.subject.believed, one.returns, found.currency),
        _about_hinge(found, one),
        _about_idle(ask("seats_by_vendor").frame, found, one),
        _about_left_out(one),
    ]
    return [sentence for sentence in told if sentence is not None]


def _about_days(found: Facts, one: _Worked) -> Sentence:
    a_day, cost = one.this.usd_per_active_day, one.this.full_cost_usd
    if a_day is None or cost is None:
        lead = "What an active day costs is unknown"
        why = one.this.why_no_days or said.REASONS["cost unknown"]
        return Sentence("unknown", lead, f"{lead}: {why}.")
    numbers = [
        Said(a_day, found.currency.say(a_day)),
        Said(cost, found.currency.say(cost)),
        Said(one.this.person_days or 0, words.count(one.this.person_days)),
    ]
    lead = f"An active day costs {numbers[0].text}"
    text = (
        f"{lead}: {numbers[1].text} of usage and seats over {numbers[2].text} days on which "
        f"people used AI, {found.when}"
    )
    if one.this.dated_share is not None and one.this.dated_share < 1:
        share = Said(one.this.dated_share, words.share(one.this.dated_share))
        text += f". Days are known of {share.text} of the people, so that it is at most this"
        numbers.append(share)
    if one.case is not None and one.case.cost.assumptions:
        whole = Said(one.case.likeliest_cost_usd, found.currency.say(one.case.likeliest_cost_usd))
        numbers.append(whole)
        text += f". With what is assumed of {_assumed_cost(one.case)} the cost is {whole.text}, "
        text += "on which the answer rests"
    return Sentence("cost", lead, f"{text}.", tuple(numbers))


def _about_worth(found: Facts, one: _Worked) -> Sentence | None:
    if one.returns is None:
        return None
    value, net = one.returns.value_usd, one.returns.net_usd
    numbers = [
        Said(usd, found.currency.say(usd)) for usd in (value.p10, value.p90, net.p10, net.p90)
    ]
    if net.holds_zero:
        lead = "It may gain or lose"
        told = f"{lead}: what it brings, less its cost, is not distinguishable from zero. Time"
    else:
        lead = f"It {'pays' if net.p10 > 0 else 'does not pay'} in nine of ten simulated outcomes"
        told = f"{lead}: time"
    text = (
        f"{told} worth {numbers[0].text} to {numbers[1].text} stands against the cost, a "
        f"net of {numbers[2].text} to {numbers[3].text}. Freed hours are no money until something "
        "is done with them."
    )
    return Sentence("cause", lead, text, tuple(numbers))


def _about_hinge(found: Facts, one: _Worked) -> Sentence | None:
    if one.case is None:
        return None
    bars = roi.tornado(one.case) if one.returns is not None else ()
    if not bars:
        return None
    widest = bars[0]
    label = believed.BY_NAME[widest.assumption.name].label
    if widest.assumption.role:
        label += f", {widest.assumption.role}"
    ends = sorted((widest.at_low_usd, widest.at_high_usd))
    numbers = tuple(Said(end, found.currency.say(end)) for end in ends)
    lead = f"It hangs most on: {label[0].lower()}{label[1:]}"
    text = f"{lead}. That alone moves the net from {numbers[0].text} to {numbers[1].text}."
    return Sentence("cause", lead, text, numbers)


def _about_idle(seats: pl.DataFrame, found: Facts, one: _Worked) -> Sentence | None:
    """Say what seats that nobody used cost, and for one month what it would take without them."""
    idle = float(seats["idle_seat_cost_usd"].sum())
    if idle <= 0:
        return None
    usd, month = Said(idle, found.currency.say(idle)), words.month_name(found.headline.window.last)
    lead, numbers = f"Seats that nobody used cost at least {usd.text}", [usd]
    text = f"{lead} in {month}; the Cost page tells of which vendors"
    if (
        one.case is not None
        and one.even is not None
        and found.whole == (found.headline.window.last,)
    ):
        cost = one.case.cost
        without = replace(cost, seats_usd=max(0.0, (cost.seats_usd or 0.0) - idle))
        minutes = roi.break_even(replace(one.case, cost=without)).minutes
        numbers.append(Said(minutes or 0.0, said.minutes(minutes)))
        text += f". Without them it would take {numbers[-1].text}"
    return Sentence("cost", lead, f"{text}.", tuple(numbers))


def _about_left_out(one: _Worked) -> Sentence | None:
    if one.case is None or not one.case.cost.left_out:
        return None
    names = [LEFT_OUT[name] for name in one.case.cost.left_out]
    lead = f"Nothing is assumed of the cost of {listed(names)}"
    return Sentence("unknown", lead, f"{lead}, so that none is in the answer.")


def _to_settle(found: Facts, one: _Worked | None) -> list[ToSettle]:
    points: list[ToSettle] = []
    if found.why_nothing:
        return points
    for subject in found.subjects:
        this, who = subject.this, f"of {subject.company}"
        if this is None:
            continue
        if this.seats_usd is None:
            points.append(ToSettle("Load seats", f"{who}, or assume below what they cost a month"))
        if this.why_no_days:
            points.append(
                ToSettle(
                    "Load use by day and person",
                    f"{who}: {this.why_no_days}",
                )
            )
    if one is not None:
        if one.subject.believed.get(believed.WAGE) is None:
            points.append(
                ToSettle(
                    "Say what an hour of work costs",
                    "below, under Assumptions: one figure makes the break-even known",
                )
            )
        elif one.subject.believed.get(believed.MINUTES) is None:
            points.append(
                ToSettle(
                    "Say how many minutes are saved",
                    "below, under Assumptions, from a study or better a trial of your own",
                )
            )
    return points[:4]


# ---- charts and the table ----------------------------------------------------------------------


def _worth(found: Facts, one: _Worked | None) -> Chart | Hidden:
    if one is None:
        return several.chart(found)
    if one.returns is None:
        return Hidden(WORTH_NAME, _why(found, one))
    rows = pl.DataFrame(
        [
            _ends(name, spread, found.currency)
            for name, spread in (
                ("Value of time saved", one.returns.value_usd),
                (cost_name(one.case), one.returns.cost_usd),
                ("Net value", one.returns.net_usd),
            )
        ]
    )
    net, say = one.returns.net_usd, found.currency.say_amount
    finding = f"A net of {said.judged_between(net, found.currency)}"
    measure = f"{found.currency.code}, P10 to P90 of 10,000 draws, the dot P50, {found.when}"
    return Chart(
        name=WORTH_NAME,
        question=QUESTION,
        metric="net_value_usd",
        spec=charts.titled(charts.range_bars.spec(), finding, measure),
        rows=charts.range_bars.frame(rows, say, "Net value", found.currency.between).to_arrow(),
        alt=charts.range_bars.alt_text(
            rows, f"{WORTH_NAME}, {measure}", say, found.currency.between
        ),
        note="Value is hours put in money and is never added to money paid.",
    )


def _ends(name: str, spread: roi.Spread, currency: Currency) -> dict[str, object]:
    return {
        "name": name,
        "low": currency.amount(spread.p10),
        "middle": currency.amount(spread.p50),
        "high": currency.amount(spread.p90),
        "beside": f"mean {currency.say(spread.mean)}",
    }


def _tornado(found: Facts, one: _Worked | None) -> Chart | Hidden:
    if one is None:
        return Hidden(TORNADO_NAME, _why(found, one))
    bars = roi.tornado(one.case) if one.case is not None and one.returns is not None else ()
    if one.returns is None or not bars:
        return Hidden(
            TORNADO_NAME, _why(found, one) if one.returns is None else "Nothing has a range"
        )
    net, say = one.returns.point.net_usd, found.currency.say_amount
    rows = pl.DataFrame(
        [
            {
                "name": believed.short(bar.assumption),
                "low": found.currency.amount(min(bar.at_low_usd, bar.at_high_usd)),
                "middle": found.currency.amount(net),
                "high": found.currency.amount(max(bar.at_low_usd, bar.at_high_usd)),
                "beside": f"{believed.in_unit(bar.assumption.low, bar.assumption.unit)} to "
                f"{believed.in_unit(bar.assumption.high, bar.assumption.unit)}",
            }
            for bar in bars
        ]
    )
    measure = (
        f"Net value in {found.currency.code} at the lowest and highest of one, all else at its "
        f"likeliest (the dot: all of it), {found.when}"
    )
    crosses = [row for row in rows.iter_rows(named=True) if row["low"] < 0 < row["high"]]
    finding = (
        f"{words.count(len(crosses))} of {len(bars)} assumptions alone can turn it to a gain or "
        "a loss"
        if crosses
        else f"No assumption alone turns the {'gain' if net > 0 else 'loss'} around"
    )
    return Chart(
        name=TORNADO_NAME,
        question="assumptions_in_force",
        metric="net_value_usd",
        spec=charts.titled(charts.range_bars.spec(), finding, measure),
        rows=charts.range_bars.frame(
            rows, say, str(rows["name"][0]), found.currency.between
        ).to_arrow(),
        alt=charts.range_bars.alt_text(
            rows, f"{TORNADO_NAME}. {measure}", say, found.currency.between
        ),
    )


def _measures(found: Facts, one: _Worked | None) -> Table | Hidden:
    name = f"Measures of return, {found.when}"
    if found.why_nothing:
        return Hidden(name, found.why_nothing)
    if one is None:
        return several.table(found)
    if one.returns is None:
        return Hidden(name, _why(found, one))
    rows = pl.DataFrame(measures(one.returns, one.case, found.currency) if one.case else [])
    if not any(rows["Note"]):
        rows = rows.drop("Note")
    told = f"Of 10,000 draws, {words.share(one.returns.loss_probability)} end in a loss"
    if is_paid_ahead(one.case):
        never = words.share(one.returns.payback_months.never_share)
        told += f"; {never} are not paid back within the plan"
    return Table(
        name=name,
        finding=told,
        question=QUESTION,
        metric="net_value_usd",
        rows=rows,
        note=_how_to_read(found, one.case) + _capped(one.returns),
    )


def _how_to_read(found: Facts, case: roi.Case | None) -> str:
    """Say what the columns are, and what is believed of the months ahead."""
    told = (
        "Between P10 and P90 lie eight of ten simulated outcomes, P50 is the middle one; a skewed "
        "range has its mean above or below it, so both are told."
    )
    if case is None:
        return told
    told += (
        f" Net present value looks ahead as if use began now: cost and days of {found.when} stay"
    )
    if case.ramp_months is not None:
        low, high = words.count(case.ramp_months.low), words.count(case.ramp_months.high)
        told += f", value is there in full only after {low} to {high} months"
    if case.cost.enablement is not None:
        return f"{told}, and training is still to be paid; so does the time until it is paid back."
    return f"{told}. Nothing is paid ahead, as for training, so that there is nothing to pay back."


def _capped(found: roi.Returns) -> str:
    """Say how often the cap on helped hours takes something off, nothing where there is no cap."""
    if found.capped_share is None:
        return ""
    return (
        " The most hours that a person can be helped on a day take something off in "
        f"{words.share(found.capped_share)} of the outcomes."
    )


def is_paid_ahead(case: roi.Case | None) -> bool:
    """Tell whether something is paid once before value comes in."""
    return case is not None and case.cost.enablement is not None


def _assumed_cost(case: roi.Case) -> str:
    """Name the kinds of cost that are assumed."""
    names = [name for kind, name in LEFT_OUT.items() if kind not in case.cost.left_out]
    return listed([*(["seats"] if case.cost.seats else []), *names])


def cost_name(case: roi.Case | None) -> str:
    """Name the cost by what is in it: what is assumed of platform, training and review."""
    return "Cost, assumed parts too" if case and case.cost.assumptions else "Full cost"


def measures(found: roi.Returns, case: roi.Case, currency: Currency) -> list[dict[str, str]]:
    """Return the measures of a return as rows of text."""
    window, plan = many(case.months, "month"), many(case.horizon_months, "month")
    rows = [
        _row(f"Value of time saved, {window}", found.value_usd, currency.say),
        _row(f"{cost_name(case)}, {window}", found.cost_usd, currency.say),
        _row(f"Net value, {window}", found.net_usd, currency.say, can_be_zero=True),
    ]
    if found.benefit_cost_ratio is not None and found.roi is not None:
        rows += [
            _row(f"Value for each {currency.code} of cost", found.benefit_cost_ratio, said.times),
            _row("Return on what is spent", found.roi, said.percent, can_be_zero=True),
        ]
    back = found.payback_months
    if is_paid_ahead(case):
        rows.append(
            {
                "Measure": "Months until it is paid back",
                "P10": said.months(back.p10),
                "P50": said.months(back.p50),
                "P90": said.months(back.p90),
                "Mean": DASH,
                "Note": f"{words.share(back.never_share)} not within {plan}",
            }
        )
    if found.npv_usd is not None:
        label = f"Net present value, {plan}"
        rows.append(_row(label, found.npv_usd, currency.say, can_be_zero=True))
    return rows


def _row(
    name: str, spread: roi.Spread, say: words.Say, *, can_be_zero: bool = False
) -> dict[str, str]:
    return {
        "Measure": name,
        "P10": say(spread.p10),
        "P50": say(spread.p50),
        "P90": say(spread.p90),
        "Mean": say(spread.mean),
        "Note": said.is_told(spread) if can_be_zero else "",
    }
