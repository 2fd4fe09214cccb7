"""Which model does which work at which price, and what another's list price would make it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import polars as pl

from leverage import charts, words
from leverage.figures.figure import Ask, Chart, Hidden, Table
from leverage.figures.scope import basis, listed
from leverage.figures.sectors.standing import Standing, standing
from leverage.intake.prices import PRICE_LIST, unit_prices

MOST_MODELS: Final = 10
MOST_REPRICED: Final = 3
MOST_OTHERS: Final = 4
MOST_CLASSES: Final = 2
PARTS: Final = ("input_tokens", "cache_read_tokens", "cache_write_tokens", "output_tokens")
"""The parts of tokens in the order in which a price list has their prices."""


@dataclass(frozen=True)
class Routing:
    """The tab of models and vendors."""

    models: Table | Hidden
    vendors: Chart | Hidden
    repriced: Table | Hidden


def routing(ask: Ask) -> Routing | None:
    """Return models and vendors at work, None where nothing that was loaded matches the view."""
    facts = standing(ask)
    if facts is None:
        return None
    used = ask("models_at_work").frame.filter(company=facts.name)
    tiers = ask("model_tiers").frame.filter(company=facts.name)
    mix = ask("vendor_mix").frame.filter(company=facts.name)
    judged = facts.ground.judged
    return Routing(
        models=judged(_models(facts, used, tiers)),
        vendors=judged(_vendors(facts, mix)),
        repriced=judged(_repriced(facts, used)),
    )


def _models(facts: Standing, used: pl.DataFrame, tiers: pl.DataFrame) -> Table | Hidden:
    name = "Which model does which work"
    if used.is_empty():
        return Hidden(name, "No source in this view tells tokens by model")
    told = {(vendor, model): text for _, vendor, model, text in tiers.iter_rows()}
    keys = used.select("vendor", "model").unique(maintain_order=True).rows()
    rows = []
    for vendor, model in keys[:MOST_MODELS]:
        of_model = used.filter(vendor=vendor, model=model)
        price = of_model["usd_per_million_tokens"][0]
        rows.append(
            {
                "Model": model,
                "Vendor": vendor,
                "Tokens": words.share(of_model["model_share"][0]),
                "Mostly for": _work(of_model),
                "Paid per million": "nothing billed" if price == 0 else words.money(price),
                "Tier, context window": told.get((vendor, model), words.UNKNOWN),
            }
        )
    first = used.row(0, named=True)
    shown = (
        f"The {MOST_MODELS} largest of {words.count(len(keys))}. "
        if len(keys) > MOST_MODELS
        else ""
    )
    return Table(
        name=f"{name}, {facts.name}, {facts.ground.span.span.name}",
        finding=f"{first['model']} of {first['vendor']} takes {words.share(first['model_share'])} "
        "of the tokens",
        question="models_at_work",
        metric="usd_per_million_tokens",
        rows=pl.DataFrame(rows),
        note=f"{shown}Paid per million {basis(facts.ground.view)}, usage only: what seats cover is "
        "billed as nothing. Tier and context window as the exports that name one say.",
    )


def _work(of_model: pl.DataFrame) -> str:
    total = of_model["tokens"].sum()
    return listed(
        [
            f"{workload_class} {words.share(tokens / total)}"
            for workload_class, tokens in of_model.select("workload_class", "tokens")
            .sort("tokens", descending=True)
            .head(MOST_CLASSES)
            .iter_rows()
        ]
    )


def _vendors(facts: Standing, mix: pl.DataFrame) -> Chart | Hidden:
    name = "Vendor mix"
    if mix.is_empty():
        return Hidden(name, "The cost is unknown")
    rows = mix.select(name="vendor", value="full_cost_usd")
    vendor, part, index = mix.select("vendor", "cost_share", "vendor_concentration").row(0)
    what = "Full cost" if facts.subject["is_seats_known"] else "Usage cost"
    measure = f"{what} by vendor, USD, {facts.name}, {facts.ground.span.span.name}"
    return Chart(
        name=name,
        question="vendor_mix",
        metric="vendor_concentration",
        spec=charts.titled(
            charts.compared_bars.spec(),
            f"{vendor} takes {words.share(part)} of what {facts.name} pays for AI",
            measure,
        ),
        rows=charts.compared_bars.frame(rows, words.money, [vendor]).to_arrow(),
        alt=charts.compared_bars.alt_text(rows, measure, words.money, [vendor]),
        filters="vendor",
        note=f"Concentration {index:.2f}; above 0.7 one vendor decides what AI costs",
    )


def _repriced(facts: Standing, used: pl.DataFrame) -> Table | Hidden:
    """Return what the tokens of the largest models would cost at the list price of others."""
    name = "The same tokens at another model's list price"
    day = facts.ground.span.span.last
    by_model = (
        used.group_by("model", maintain_order=True)
        .agg(pl.col("vendor").first(), pl.col("tokens", *PARTS).sum())
        .sort("tokens", "model", descending=[True, False])
    )
    prices = {
        model: found
        for model, vendor in by_model.select("model", "vendor").iter_rows()
        if (found := unit_prices(vendor, model, day)) is not None
    }
    priced = by_model.filter(pl.col("model").is_in(list(prices)))
    if priced.height < 2:
        return Hidden(name, "Fewer than two models of this view are in the price list")
    others = priced["model"].to_list()[:MOST_OTHERS]
    rows = []
    cheapest: tuple[float, str, str] | None = None
    for row in priced.head(MOST_REPRICED).iter_rows(named=True):
        parts = {part: row[part] for part in PARTS}
        own = cost_at(parts, prices[row["model"]])
        told = {"Tokens of": row["model"], "At its own list price": words.money(own)}
        for other in others:
            value = cost_at(parts, prices[other])
            change = words.DASH if other == row["model"] else words.change(value, own)
            told[f"At {other}"] = (
                words.DASH if other == row["model"] else f"{words.money(value)} ({change})"
            )
            saved = float(own - value)
            if other != row["model"] and (cheapest is None or saved > cheapest[0]):
                cheapest = (saved, row["model"], other)
        rows.append(told)
    undated = [model for model in others if prices[model][4]]
    today = (
        f" Today's prices, which the list does not date: {listed(undated, len(undated))}."
        if undated
        else ""
    )
    return Table(
        name=f"{name}, {facts.name}, {facts.ground.span.span.name}",
        finding=_repriced_finding(cheapest),
        question="models_at_work",
        metric="usd_per_million_tokens",
        rows=pl.DataFrame(rows),
        note=f"Modelled from {PRICE_LIST}: the same tokens in each part, without discounts, seats "
        "or tiers. It says nothing on quality, and another model may need more tokens or fewer for "
        f"the same work.{today}",
    )


def _repriced_finding(cheapest: tuple[float, str, str] | None) -> str:
    if cheapest is None or cheapest[0] <= 0:
        return "At list price no other model in use would have cost less for the largest"
    saved, model, other = cheapest
    return (
        f"Modelled: the tokens of {model} at the list price of {other} would list for "
        f"{words.money(saved)} less"
    )


def cost_at(parts: Mapping[str, float | None], price: tuple[Decimal, ...]) -> Decimal:
    """Return what tokens cost at a price: each part at its own, a part not reported at nothing."""
    return sum(
        (
            Decimal(str(parts[part] or 0)) * per_token
            for part, per_token in zip(PARTS, price[: len(PARTS)], strict=True)
        ),
        Decimal(0),
    )
