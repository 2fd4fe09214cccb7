"""Energy and carbon of use, method beside method: they differ several times, so none is the answer.

Two kinds of method. Published figures tell the energy or carbon of one prompt, without its tokens,
so that they are multiplied by prompts and never by tokens. EcoLogits models a request from the size
of the model and the tokens put out: E = PUE × (server + GPUs × energy per token put out); what is
put in, and what comes from a cache, counts for nothing, so that agents' use is told too low.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from math import inf
from typing import Any, Final

from leverage import reference

ZONES: Final = ("FRA", "USA", "WOR")
"""Grids that energy may come from: one of little carbon, most vendors', the world's."""
PROVIDERS: Final = (
    "openai",
    "anthropic",
    "google_genai",
    "mistralai",
    "cohere",
    "huggingface_hub",
)
WH_PER_KWH: Final = 1000
G_PER_KG: Final = 1000


@dataclass(frozen=True)
class Answered:
    """What one model answered: its canonical id, requests, and tokens put out over all of them."""

    model: str
    requests: float
    output_tokens: float


@dataclass(frozen=True)
class Footprint:
    """Energy in kWh and carbon in kg CO2e by one method, each a range, None where it tells none.

    `counted` is what it multiplies. `covered_share` is the share of the tokens put out whose model
    the method knows, None where it does not ask for models; what it does not know is left out.
    """

    method: str
    counted: str
    kwh_low: float | None
    kwh_high: float | None
    kg_low: float | None
    kg_high: float | None
    covered_share: float | None
    source: str
    grade: str
    caveat: str
    url: str


def by_published(prompts: float) -> tuple[Footprint, ...]:
    """Return the footprint of so many prompts by each published figure.

    Where a figure tells energy, its carbon is that of the grids with least and most of it; where
    it tells carbon, it tells no energy.
    """
    found = []
    grids = [grid_kg_per_kwh(zone) for zone in ZONES]
    for fact in reference.context("energy"):
        kwh: tuple[float | None, float | None] = (None, None)
        if fact.unit.startswith("Wh per "):
            low, high = (
                end * prompts / WH_PER_KWH
                for end in (_or(fact.low, fact.value), _or(fact.high, fact.value))
            )
            kwh, kg = (low, high), (low * min(grids), high * max(grids))
        else:
            kg = (
                _or(fact.low, fact.value) * prompts / G_PER_KG,
                _or(fact.high, fact.value) * prompts / G_PER_KG,
            )
        found.append(
            Footprint(
                method=fact.measure,
                counted="prompts",
                kwh_low=kwh[0],
                kwh_high=kwh[1],
                kg_low=kg[0],
                kg_high=kg[1],
                covered_share=None,
                source=f"{fact.source}, {fact.period}",
                grade=fact.grade,
                caveat=fact.caveat,
                url=fact.url,
            )
        )
    return tuple(found)


def by_model(answered: Sequence[Answered]) -> Footprint | None:
    """Return the footprint that EcoLogits models for what models answered.

    Its range is that of the sizes that undisclosed models may have and of the data centres they
    may run in; carbon is of the grid that each provider is taken to run on, with what making the
    hardware cost. None where it knows none of the models.
    """
    known = [(use, found) for use in answered if (found := _per_request(use)) is not None]
    total = sum(use.output_tokens for use in answered)
    tokens = sum(use.output_tokens for use, _ in known)
    if not tokens:
        return None
    ends = [sum(use.requests * found[end] for use, found in known) for end in range(4)]
    return Footprint(
        method="EcoLogits, from the size of models and the tokens put out",
        counted="requests and tokens put out",
        kwh_low=ends[0],
        kwh_high=ends[1],
        kg_low=ends[2],
        kg_high=ends[3],
        covered_share=tokens / total,
        source=f"EcoLogits {version('ecologits')}, open source",
        grade="B",
        caveat="Modelled; sizes of most models are not disclosed. What is put in or read from a "
        "cache counts for nothing",
        url="https://ecologits.ai",
    )


@cache
def grid_kg_per_kwh(zone: str) -> float:
    """Return the carbon of a kWh of a grid, by its ISO 3166-1 alpha-3 code, WOR for the world.

    Raises KeyError where the grid is not known.
    """
    _impacts()
    from ecologits.electricity_mix_repository import electricity_mixes

    found = electricity_mixes.find_electricity_mix(zone)
    if found is None:
        raise KeyError(zone)
    return float(found.gwp)


def _per_request(use: Answered) -> tuple[float, float, float, float] | None:
    """Return lowest and highest kWh, lowest and highest kg CO2e of one request of a model."""
    provider = _provider(use.model)
    if provider is None or use.requests <= 0 or use.output_tokens <= 0:
        return None
    # A request has a part of its own (the time to the first token) and one by token: the mean
    # request times their number is all of them.
    told = _impacts()(provider, use.model, use.output_tokens / use.requests, inf)
    kwh, kg = told.energy.value, told.gwp.value
    return (*_ends(kwh), *_ends(kg))


@cache
def _provider(model: str) -> str | None:
    _impacts()
    from ecologits.model_repository import models

    known = (name for name in PROVIDERS if models.find_model(name, model) is not None)
    return next(known, None)


@cache
def _impacts() -> Any:
    """Return EcoLogits' estimate of a request, imported without what it does to all logging."""
    loggers = logging.getLoggerClass()
    from ecologits.tracers.utils import llm_impacts

    # It makes its own class that of every logger to come, and warns once of each model whose size
    # is not disclosed, which the caveat says of all.
    logging.setLoggerClass(loggers)
    logging.getLogger("ecologits").setLevel(logging.ERROR)
    return llm_impacts


def _ends(value: Any) -> tuple[float, float]:
    return float(getattr(value, "min", value)), float(getattr(value, "max", value))


def _or(end: float | None, value: float) -> float:
    return value if end is None else end
