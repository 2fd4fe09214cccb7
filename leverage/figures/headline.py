"""The headline figures, which stand alike on every page that shows them."""

from typing import Any

from leverage import words
from leverage.ask import WORK_OF_NOBODY
from leverage.figures.figure import Figure, against, against_share, hidden, shown
from leverage.figures.ground import Ground, many
from leverage.figures.scope import basis, listed
from leverage.privacy import K


def cost(facts: Ground) -> Figure:
    this = facts.this
    total = this["full_cost_usd"]
    figure = Figure("full_cost_usd", facts.cost_name, n=many(facts.n_loads, "load"))
    if total is None:
        return hidden(figure, "No source in this view reports a cost or tokens with a price")
    change, is_rise = against(total, facts.cost_before)
    beside = [*facts.earlier(facts.cost_before, facts.currency.say), *_parts(facts, total)]
    if facts.view.is_people:
        beside.append("seats are not shared out")
        if this["unattributed_cost_usd"]:
            beside.append(f"{facts.currency.say(this['unattributed_cost_usd'])} names no person")
    elif facts.view.is_without_seats:
        beside.append(f"seats belong to no {'model' if facts.view.model else 'kind of work'}")
    elif not this["is_seats_known"]:
        beside.append(f"seats of {listed(facts.missing.get('seats', ()), 1)} unknown")
    return shown(
        figure,
        facts.currency.say(total),
        change,
        is_rise,
        beside,
        facts.trend("full_cost_usd"),
        value=total,
    )


def _parts(facts: Ground, total: Any) -> list[str]:
    """Say what a cost is made of; what is estimated stands apart with its share."""
    this, say = facts.this, facts.currency.say
    parts = []
    if this["billed_cost_usd"] is not None:
        parts.append(f"billed {say(this['billed_cost_usd'])}")
    if this["seat_cost_usd"] is not None:
        parts.append(f"seats {say(this['seat_cost_usd'])}")
    if this["estimated_cost_usd"] is None:
        return parts
    estimated = f"estimated {say(this['estimated_cost_usd'])}"
    if total:
        estimated += f" ({words.share(this['estimated_cost_usd'] / total)})"
    return [*parts, estimated]


def active(facts: Ground) -> Figure:
    this = facts.this
    people = this["active_people"]
    figure = Figure("active_people", "Active people")
    if people is None and facts.is_few():
        few = f"fewer than {K}"
        return shown(figure, few, None, None, ["too few to say how many"], (), n=few)
    if people is None:
        return hidden(figure, facts.why_no_people())
    before = facts.before("active_people")
    change = None if before is None else words.moved(people - before, words.count)
    beside = [*facts.earlier(before, words.count)]
    if this["active_share"] is not None and "headcount" not in facts.missing:
        share, heads = words.share(this["active_share"]), words.count(this["employees"])
        beside.append(f"{share} of {heads} employees")
    else:
        beside.append("share unknown: no headcount is loaded")
    if facts.headline.window.months > 1:
        beside.append("mean of the months")
    _, is_rise = against(people, before)
    n = f"{words.count(people)} people"
    return shown(
        figure, words.count(people), change, is_rise, beside, facts.trend("active_people"), n=n
    )


def tokens_per_employee(facts: Ground) -> Figure:
    this = facts.this
    value = this["tokens_per_employee"]
    figure = Figure("tokens_per_employee", "Tokens per employee")
    lacking = facts.missing.get("headcount", [])
    if lacking:
        return hidden(
            figure, f"Unknown: no headcount and no roster of {listed(lacking, 1)} is loaded"
        )
    if this["employees"] is None and facts.view.is_people:
        return hidden(figure, f"Hidden: the filters let fewer than {K} employees through")
    if this["employees"] is None:
        return hidden(figure, "Unknown: no headcount and no roster is loaded")
    if value is None:
        return hidden(figure, "No source in this view reports tokens")
    before = facts.before("tokens_per_employee")
    change, is_rise = against(value, before)
    heads = words.count(this["employees_with_tokens"])
    counted = "counted from the roster" if this["is_counted_from_roster"] else "from headcount"
    beside = [
        *facts.earlier(before, words.tokens),
        f"a month, {basis(facts.view).removesuffix(' tokens')}",
        f"{heads} employees, {counted}",
    ]
    others = this["employees"] - this["employees_with_tokens"]
    if others >= K:
        beside.append(f"without {words.count(others)} of whose company no tokens are known")
    trend = facts.trend("tokens_per_employee")
    return shown(
        figure,
        words.tokens(value),
        change,
        is_rise,
        beside,
        trend,
        n=f"{heads} employees",
        value=value,
    )


def cost_per_active(facts: Ground) -> Figure:
    this = facts.this
    value = this["cost_per_active_person_usd"]
    name = (
        "Attributed usage cost per active person"
        if facts.view.is_people
        else "Cost per active person"
    )
    figure = Figure("cost_per_active_person_usd", name)
    if this["full_cost_usd"] is None:
        return hidden(figure, "The cost is unknown")
    if value is None:
        return hidden(figure, facts.why_no_people())
    before = facts.before("cost_per_active_person_usd")
    if facts.cost_before is None:
        before = None
    change, is_rise = against(value, before)
    people = f"{words.count(this['active_people'])} active people"
    beside = [*facts.earlier(before, facts.currency.say), f"a month, over {people}"]
    trend = facts.trend("cost_per_active_person_usd")
    return shown(
        figure, facts.currency.say(value), change, is_rise, beside, trend, n=people, value=value
    )


def known_owner(facts: Ground) -> Figure:
    this = facts.this
    value, least = this["known_owner_share"], this["known_owner_share_at_least"]
    figure = Figure("known_owner_share", "Use with a known owner")
    if value is None and least is None:
        return hidden(figure, _why_no_owner(facts))
    before = None if value is None else facts.before("known_owner_share")
    change, is_rise = against_share(value, before)
    beside = [*facts.earlier(before, words.share)]
    if value is None:
        beside.append("not told closer: few people are in no roster")
    text = words.share(value) if value is not None else f"at least {words.share(least)}"
    trend = () if value is None else facts.trend("known_owner_share")
    n = f"{words.tokens(this['tokens'])} tokens"
    if this["tokens"] is None:
        beside.append("of cost before discount")
        n = facts.currency.say(this["gross_cost_usd"])
    else:
        beside.append(f"of {basis(facts.view)}")
    beside.append("people, and services with a department")
    return shown(figure, text, change, is_rise, beside, trend, n=n, value=value)


def _why_no_owner(facts: Ground) -> str:
    if facts.view.workload:
        return WORK_OF_NOBODY
    if "roster" in facts.missing:
        return "Unknown: no roster is loaded"
    if facts.this["tokens"] is None and facts.this["gross_cost_usd"] is None:
        return "Unknown: no source in this view reports tokens or a cost before discount"
    return "Hidden: it would tell the use of the few people who are in no roster"
