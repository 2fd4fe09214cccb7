"""The first look: five figures, the companies side by side, and what the gap is made of."""

from dataclasses import dataclass, replace
from statistics import median

import polars as pl

from leverage import charts, stats, words
from leverage.figures.figure import Ask, Chart, Figure, Hidden, against, hidden, shown
from leverage.figures.ground import Badge, Caption, ToSettle, ground, many
from leverage.figures.scope import basis, listed
from leverage.figures.sectors.gap import Split, cost_split, tokens_chart, tokens_split
from leverage.figures.sectors.standing import (
    Standing,
    left_out_in_words,
    numbers,
    standing,
    times,
)
from leverage.figures.yardstick import LEAST_PEERS

CONCENTRATED = 0.7
"""From here on one vendor decides what AI costs (a proposal of this product)."""


@dataclass(frozen=True)
class Sectors:
    """Everything the page shows before a tab is opened, in its order."""

    title: str
    badges: tuple[Badge, ...]
    captions: tuple[Caption, ...]
    figures: tuple[Figure, ...]
    companies: Chart | Hidden
    sentences: tuple[words.Sentence, ...]
    gap: Chart | Hidden
    to_settle: tuple[ToSettle, ...]
    notes: tuple[str, ...]
    source: str
    is_people: bool = False  # the view is of people: nothing but `companies` is shown, saying why


def sectors(ask: Ask) -> Sectors | None:
    """Return the page, None where nothing that was loaded matches the view."""
    base = ground(ask)
    if base is None:
        return None
    if base.view.is_people:
        return _whole_companies_only(base.source())
    facts = standing(ask)
    if facts is None:
        return None
    groups = ask("groups_compared").frame
    is_narrowed = base.view.is_by_use
    is_split = facts.is_set_against and not is_narrowed
    split = tokens_split(facts, groups) if is_split else None
    cost = cost_split(facts) if is_split else None
    judged = facts.ground.judged
    return Sectors(
        title=title(facts),
        badges=tuple(_badges(facts)),
        captions=tuple(_captions(facts)),
        figures=tuple(
            judged(figure)
            for figure in (
                _tokens(facts),
                _index(facts),
                _place(facts),
                _cost(facts),
                _vendors(facts, ask("vendor_mix").frame),
            )
        ),
        companies=judged(_companies(facts)),
        sentences=tuple(_sentences(facts, split, cost)),
        gap=judged(tokens_chart(facts, split)),
        to_settle=tuple(_to_settle(facts)),
        notes=(*left_out_in_words(facts.left_out), *facts.ground.notes),
        source=facts.ground.source(),
    )


def _whole_companies_only(source: str) -> Sectors:
    """Return the page under a filter by people: companies are compared as a whole."""
    reason = "Told for whole companies only: clear the filters by department and role"
    figure = Figure("tokens_per_employee", "Tokens per employee", question="companies_compared")
    return Sectors(
        title="Companies are compared as a whole, not by their departments or roles",
        badges=(),
        captions=(),
        figures=(hidden(figure, reason),),
        companies=Hidden("Tokens per employee by company", reason),
        sentences=(),
        gap=Hidden("What the gap is made of", reason),
        to_settle=(),
        notes=(),
        source=source,
        is_people=True,
    )


def title(facts: Standing) -> str:
    """Say where the subject stands, or what is known of it where it cannot be compared."""
    value, index = facts.subject["tokens_per_employee"], facts.subject["peer_index"]
    when = facts.ground.span.span.when
    if value is None:
        return f"{facts.name} cannot be compared: its tokens per employee are unknown"
    if not facts.subject["is_complete"]:
        return (
            f"{facts.name} has {words.tokens(value)} tokens per employee so far: a period that is "
            "not complete is never compared"
        )
    if index is None and facts.is_alone:
        return f"{facts.name} has {words.tokens(value)} tokens per employee, and no peers here"
    if index is None:
        return (
            f"{facts.name} has {words.tokens(value)} tokens per employee; too few companies "
            "for a comparison"
        )
    others = f"the median of its {words.count(facts.subject['peers'])} peers"
    if 90 <= index <= 110:
        return f"{facts.name} has about as many tokens per employee as {others} {when}"
    if index >= 150:
        return f"{facts.name} has {times(index / 100)} times the tokens per employee of {others}"
    side = "more" if index > 100 else "fewer"
    apart = words.share(abs(index - 100) / 100)
    return f"{facts.name} has {apart} {side} tokens per employee than {others} {when}"


def _badges(facts: Standing) -> list[Badge]:
    own = facts.subject
    found = [
        Badge(facts.name, "apartment"),
        Badge(str(own["sector"]), "category", own["sector_key"] is None),
        Badge(str(own["origin"]), "rocket_launch", own["origin"] == "unknown"),
        Badge(f"{own['size']} employees", "groups", own["size"] == "unknown"),
    ]
    n = len(facts.peers)
    said = "no peers" if not n else f"{n} peer{'s' * (n != 1)}"
    found.append(Badge(said, "compare_arrows", n < LEAST_PEERS))
    if facts.ground.headline.window.is_partial:
        found.append(Badge("The period is not complete", "hourglass_empty", True))
    return found


def _captions(facts: Standing) -> list[Caption]:
    """Say why it is this company that is looked at, where nobody chose it."""
    if not facts.why_subject:
        return []
    return [Caption(f"Why {facts.name}", facts.why_subject)]


# ---- the five figures --------------------------------------------------------------------------


def _tokens(facts: Standing) -> Figure:
    figure = Figure("tokens_per_employee", "Tokens per employee", question="companies_compared")
    value = facts.subject["tokens_per_employee"]
    if value is None:
        return hidden(figure, f"Unknown: {_why_unknown(facts)}")
    n = f"{words.count(facts.subject['employees'])} employees"
    unit = f"a month, {basis(facts.ground.view).removesuffix(' tokens')}"
    trend = facts.trend("tokens_per_employee")
    before = facts.before("tokens_per_employee")
    change, is_rise = against(value, before)
    beside = (*facts.ground.earlier(before, words.tokens), unit, n)
    return shown(figure, words.tokens(value), change, is_rise, beside, trend, n=n, value=value)


def _why_unknown(facts: Standing) -> str:
    if facts.subject["tokens"] is None:
        return "no source in this view reports tokens"
    return "no headcount and no roster is loaded"


def _index(facts: Standing) -> Figure:
    figure = Figure("peer_index", "Index to peers", question="companies_compared")
    index = facts.subject["peer_index"]
    if index is None:
        return hidden(figure, facts.why_no_peers)
    peers = numbers([peer["tokens_per_employee"] for peer in facts.peers])
    beside = [f"100 is their median, {words.tokens(median(peers))}"]
    interval = stats.median_interval(peers)
    if interval is not None:
        beside.append(
            f"{words.share(interval.coverage)} sure: {words.tokens(interval.low)} to "
            f"{words.tokens(interval.high)}"
        )
    return shown(figure, words.count(index), None, None, beside, (), n=_n_peers(facts))


def _n_peers(facts: Standing) -> str:
    return f"{words.count(facts.subject['peers'])} other companies"


def _place(facts: Standing) -> Figure:
    figure = Figure("peer_percentile", "Place among peers", question="companies_compared")
    place = facts.subject["peer_percentile"]
    if place is None:
        return hidden(figure, facts.why_no_peers)
    beside = [f"of {words.count(facts.subject['peers'])} peers have less (mid-rank)"]
    ranks = facts.ranks()
    if ranks is None:
        beside.append("ranks: too few months in which all are known")
    else:
        beside += [f"rank {ranks.said} in 9 of 10 draws", f"over {ranks.months} months"]
    return shown(figure, words.share(place), None, None, beside, (), n=_n_peers(facts))


def _cost(facts: Standing) -> Figure:
    figure = Figure("cost_per_employee_usd", "Cost per employee", question="companies_compared")
    value = facts.subject["cost_per_employee_usd"]
    if value is None:
        why = "the cost is" if facts.subject["full_cost_usd"] is None else "the employees are"
        return hidden(figure, f"Unknown: {why} unknown")
    if not facts.subject["is_seats_known"] and not facts.ground.view.is_without_seats:
        figure = replace(figure, name="Usage cost per employee")
    beside = ["a month"]
    cost, heads = facts.total("full_cost_usd"), facts.total("employee_months")
    if not facts.is_set_against:
        beside.append("not compared")
    elif cost is not None and heads and all(row["is_seats_known"] for row in facts.compared):
        beside.append(f"the others together {words.money(cost / heads)}")
    else:
        beside.append("not compared: seats of some are unknown")
    trend = facts.trend("cost_per_employee_usd")
    n = f"{words.count(facts.subject['employees'])} employees"
    before = facts.before("cost_per_employee_usd")
    change, is_rise = against(value, before)
    beside = [*facts.ground.earlier(before, words.money), *beside]
    return shown(figure, words.money(value), change, is_rise, beside, trend, n=n, value=value)


def _vendors(facts: Standing, mix: pl.DataFrame) -> Figure:
    figure = Figure("vendor_concentration", "Concentration of vendors", question="vendor_mix")
    own = mix.filter(company=facts.name)
    if own.is_empty():
        return hidden(figure, "Unknown: no cost is known")
    value = float(own["vendor_concentration"][0])
    vendor, part = own.select("vendor", "cost_share").row(0)
    n = many(own.height, "vendor")
    beside = [f"{n}; {vendor} {words.share(part)} of the cost"]
    if value > CONCENTRATED:
        beside.append("above 0.7: one vendor decides what AI costs")
    return shown(figure, f"{value:.2f}", None, None, beside, (), n=n)


# ---- the charts --------------------------------------------------------------------------------


def _companies(facts: Standing) -> Chart | Hidden:
    name = "Tokens per employee by company"
    rows = pl.DataFrame(
        [(str(row["company"]), row["tokens_per_employee"]) for row in facts.compared],
        schema={"name": pl.String, "value": pl.Float64},
        orient="row",
    )
    if rows.is_empty():
        return Hidden(name, f"Unknown: {_why_unknown(facts)}")
    if facts.is_alone:
        return Hidden(name, facts.why_no_peers)
    middle = facts.subject["peers_median"]
    reference = None if middle is None else charts.compared_bars.Reference("Peers' median", middle)
    measure = (
        f"{basis(facts.ground.view).capitalize()} per employee and month, "
        f"{facts.ground.span.span.name}"
    )
    return Chart(
        name=name,
        question="companies_compared",
        metric="tokens_per_employee",
        spec=charts.titled(charts.compared_bars.spec(), _companies_finding(facts), measure),
        rows=charts.compared_bars.frame(rows, words.tokens, [facts.name], reference).to_arrow(),
        alt=charts.compared_bars.alt_text(rows, measure, words.tokens, [facts.name], reference),
        filters="company",
        note=None if facts.has_peers else facts.why_no_peers,
    )


def _companies_finding(facts: Standing) -> str:
    if facts.subject["tokens_per_employee"] is None or not facts.peers:
        return "Tokens per employee, side by side"
    ordered = sorted(facts.compared, key=lambda row: -row["tokens_per_employee"])
    first = str(ordered[0]["company"])
    ranks = facts.ranks()
    if ranks is None:
        return f"{first} has the most tokens per employee of those shown"
    return f"{facts.name} ranks {'' if ranks.low == ranks.high else 'somewhere from '}{ranks.said}"


# ---- sentences ---------------------------------------------------------------------------------


def _sentences(facts: Standing, split: Split | None, cost: Split | None) -> list[words.Sentence]:
    found = []
    if split is not None:
        side = "more" if split.gap > 0 else "fewer"
        lead = (
            f"{facts.name} has {words.tokens(abs(split.gap))} {side} tokens per employee than the "
            "others together"
        )
        found.append(_split_sentence(lead, split, words.tokens))
    if cost is not None and all(row["is_seats_known"] for row in facts.compared):
        side = "more" if cost.gap > 0 else "less"
        lead = f"It pays {words.money(abs(cost.gap))} {side} per employee than the others together"
        found.append(_split_sentence(lead, cost, words.money))
    if not facts.has_peers:
        lead = f"{facts.why_no_peers}."
        rest = (
            " What can be said: how its departments compare, what published figures of the same "
            "definition say, and which models do which work."
        )
        found.append(words.Sentence("unknown", lead, lead + rest))
    return found


def _split_sentence(lead: str, split: Split, say: words.Say) -> words.Sentence:
    """Say a gap and its parts, which add up to it."""
    parts = [f"{_lowered(part)} {words.moved(value, say)}" for part, value in split.parts]
    text = f"{lead} ({say(split.own)} against {say(split.others)}): {', '.join(parts)}."
    told = [
        words.Said(abs(split.gap), say(abs(split.gap))),
        words.Said(split.own, say(split.own)),
        words.Said(split.others, say(split.others)),
        *(words.Said(abs(value), say(abs(value))) for _, value in split.parts if value),
    ]
    return words.Sentence("tokens", lead, text, tuple(told))


def _lowered(part: str) -> str:
    head = part.partition(":")[0]
    return head[:1].lower() + head[1:]


def _to_settle(facts: Standing) -> list[ToSettle]:
    """Say what is missing that someone can bring, and what it would make known."""
    found = []
    without_heads = [name for name, why in facts.left_out if "headcount" in why]
    if facts.subject["employee_months"] is None:
        without_heads.insert(0, facts.name)
    if without_heads:
        found.append(
            ToSettle("Load headcount", f"of {listed(without_heads)}, so that it can be compared")
        )
    lacking = [str(row["company"]) for row in facts.compared if not row["is_seats_known"]]
    if lacking:
        found.append(ToSettle("Load seats", f"of {listed(lacking)}, so that costs compare"))
    open_ = [name for name, why in facts.left_out if "complete" in why]
    if open_:
        found.append(ToSettle("Load what is missing", f"of {listed(open_)} in this period"))
    unknown = [str(row["company"]) for row in facts.compared if row["sector_key"] is None]
    if unknown:
        found.append(
            ToSettle("Say the sector", f"of {listed(unknown)}, so that its pattern is known")
        )
    few = len(facts.peers)
    if few < LEAST_PEERS and not facts.is_alone:
        found.append(
            ToSettle(
                "Bring more companies",
                f"{few} can be compared; statistics of peers need {LEAST_PEERS}",
            )
        )
    return found
