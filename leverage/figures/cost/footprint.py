"""Energy and carbon of use, method beside method, each a range."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from leverage import words
from leverage.cost import Answered, Footprint, by_model, by_published
from leverage.figures.figure import Ask, Hidden, Table
from leverage.figures.ground import Ground, ground

NAME: Final = "Energy and carbon of use"


def footprint(ask: Ask) -> Table | Hidden | None:
    """Return what each method tells, None where nothing that was loaded matches the view."""
    facts = ground(ask)
    if facts is None:
        return None
    rows = ask("answered_by_model").frame
    counted = rows.filter(pl.col("requests") > 0)
    prompts, tokens = _sum(counted["requests"]), _sum(rows["output_tokens"])
    if not prompts:
        return Hidden(NAME, "No source in this view counts requests or messages")
    modelled = by_model(
        [
            Answered(row["model"], row["requests"], row["output_tokens"])
            for row in rows.fill_null(0).iter_rows(named=True)
        ]
    )
    methods = [*by_published(prompts), *([modelled] if modelled is not None else [])]
    counted_share = _sum(counted["output_tokens"]) / tokens if tokens else None
    return _table(facts, methods, prompts, counted_share)


def _table(
    facts: Ground, methods: list[Footprint], prompts: float, counted_share: float | None
) -> Table:
    told = [
        {
            "Method": one.method,
            "Energy, kWh": span(one.kwh_low, one.kwh_high),
            "Carbon, kg CO2e": span(one.kg_low, one.kg_high),
            "Counts": one.counted,
            "Covers": _covers(one, counted_share),
            "Source": f"{one.source} (grade {one.grade})",
            "Mind": one.caveat,
        }
        for one in methods
    ]
    return Table(
        name=f"{NAME}, {facts.span.span.name}",
        finding=finding(methods, counted_share),
        question="answered_by_model",
        metric="energy_kwh",
        rows=pl.DataFrame(told),
        note=f"n = {words.count(prompts)} requests and messages that sources count; what they do "
        "not count is in no figure here. Published figures are of a typical "
        "prompt and know nothing of its tokens. Grids reach from France's to the world's.",
    )


def finding(methods: Sequence[Footprint], counted_share: float | None) -> str:
    """Say the range of all methods that tell energy, and of how much of the tokens it is."""
    told = [one for one in methods if one.kwh_low is not None and one.kwh_high is not None]
    low, high = min(one.kwh_low or 0 for one in told), max(one.kwh_high or 0 for one in told)
    return (
        f"Between {amount(low)} and {amount(high)} kWh{_of_tokens(told, counted_share)}, depending "
        "on the method; none of them is the answer"
    )


def _of_tokens(told: Sequence[Footprint], counted_share: float | None) -> str:
    """Say of how much of the tokens put out methods tell energy, nothing where it is all."""
    shares = [share for one in told if (share := _share(one, counted_share)) is not None]
    if not shares:
        return " for tokens that are not counted"
    ends = [words.share(share) for share in (min(shares), max(shares))]
    if ends[0] == words.share(1):
        return ""
    both = ends[0] if ends[0] == ends[1] else f"{ends[0].removesuffix(' %')} to {ends[1]}"
    return f" for {both} of the tokens put out"


def _share(one: Footprint, counted_share: float | None) -> float | None:
    return counted_share if one.covered_share is None else one.covered_share


def _sum(values: pl.Series) -> float:
    return sum(values.drop_nulls().to_list(), 0.0)


def _covers(one: Footprint, counted_share: float | None) -> str:
    share = _share(one, counted_share)
    what = "requests counted for" if one.covered_share is None else "models and requests known for"
    if share is None:
        return "tokens put out are unknown"
    return f"{what} {words.share(share)} of the tokens put out"


def span(low: float | None, high: float | None) -> str:
    """Say both ends of a range: “23 to 56”, one end where they are alike."""
    if low is None or high is None:
        return "not told"
    return amount(low) if amount(low) == amount(high) else f"{amount(low)} to {amount(high)}"


def amount(value: float) -> str:
    """Say an amount with as many places as its size bears: “0.97”, “23.4”, “374”."""
    places = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{places}f}"
