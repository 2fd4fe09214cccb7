"""Energy and carbon: each method by hand, and EcoLogits by its own published formula."""

import logging
from math import ceil, exp, log2
from typing import Any

import pytest

from leverage import cost


def test_a_published_figure_is_multiplied_by_prompts() -> None:
    found = {footprint.source: footprint for footprint in cost.by_published(1_000_000)}
    google = found["Google, May 2025"]
    # 0.24 Wh of which the accelerator alone is 0.10; the grids are France's and the world's.
    assert (google.kwh_low, google.kwh_high) == pytest.approx((100, 240))
    assert (google.kg_low, google.kg_high) == pytest.approx((100 * 0.04144, 240 * 0.45829))
    mistral = found["Mistral, life-cycle assessment, July 2025"]
    assert (mistral.kwh_low, mistral.kwh_high) == (None, None)
    assert (mistral.kg_low, mistral.kg_high) == pytest.approx((1_140, 1_140))
    assert len(found) == 3


def test_every_method_names_its_source_grade_and_caveat() -> None:
    told = cost.by_model([cost.Answered("gpt-4o", 1, 1_000)])
    assert told is not None
    for footprint in (*cost.by_published(1), told):
        assert footprint.source
        assert footprint.caveat
        assert footprint.grade in "ABCD"
        assert footprint.url.startswith("https://")


def _by_formula(active_bn: float, total_bn: float, tps: float, ttft: float, tokens: float) -> float:
    """Return kWh of a request as the method is published, without the data centre's overhead."""
    gpus = 2 ** ceil(log2(ceil(1.2 * total_bn * 16 / 8 / 80)))
    gpu_wh = tokens * (1.1665273e-6 * exp(-0.011205921 * 64) * active_bn + 4.0529281e-5)
    server_wh = (tokens / tps + ttft) / 3600 * 1200 * gpus / 8 / 64
    return float(server_wh + gpus * gpu_wh) / 1000


def test_a_modelled_request_is_the_published_formula() -> None:
    found = cost.by_model([cost.Answered("gpt-4o", 1, 1_000)])
    assert found is not None
    assert (found.kwh_low, found.kwh_high) == pytest.approx((0.001436, 0.002398), abs=1e-6)
    from ecologits.model_repository import models

    model: Any = models.find_model("openai", "gpt-4o")
    size, speed = model.architecture.parameters, model.deployment
    ends = [
        1.2 * _by_formula(active, size.total, speed.tps, speed.ttft, 1_000)
        for active in (size.active.min, size.active.max)
    ]
    assert [found.kwh_low, found.kwh_high] == pytest.approx(ends, rel=1e-6)


def test_many_requests_are_the_sum_of_each() -> None:
    once = cost.by_model([cost.Answered("gpt-4o", 1, 300)])
    other = cost.by_model([cost.Answered("gpt-4o", 1, 700)])
    both = cost.by_model([cost.Answered("gpt-4o", 2, 1_000)])
    assert once is not None
    assert other is not None
    assert both is not None
    for end in ("kwh_low", "kwh_high", "kg_low", "kg_high"):
        assert getattr(both, end) == pytest.approx(getattr(once, end) + getattr(other, end))


def test_models_that_are_not_known_are_left_out_and_told() -> None:
    known, unknown = (
        cost.Answered("claude-sonnet-4-5", 10, 5_000),
        cost.Answered("secret", 3, 15_000),
    )
    alone, both = cost.by_model([known]), cost.by_model([known, unknown])
    assert alone is not None
    assert both is not None
    assert both.covered_share == 0.25
    assert (both.kwh_low, both.kg_high) == (alone.kwh_low, alone.kg_high)
    assert cost.by_model([unknown]) is None
    assert cost.by_model([]) is None


def test_a_kilowatt_hour_carries_the_carbon_of_its_grid() -> None:
    kg = [1_000 * cost.grid_kg_per_kwh(zone) for zone in ("USA", "FRA", "WOR")]
    assert kg == pytest.approx([384.4, 41.44, 458.29], abs=0.1)
    with pytest.raises(KeyError):
        cost.grid_kg_per_kwh("nowhere")


def test_methods_differ_so_much_that_none_is_the_answer() -> None:
    by_prompt = [f.kwh_high for f in cost.by_published(1_000_000) if f.kwh_high]
    modelled = cost.by_model([cost.Answered("gpt-4o", 1_000_000, 500_000_000)])
    assert modelled is not None
    assert modelled.kwh_high is not None
    assert modelled.kwh_high > 2 * max(by_prompt)


def test_the_loggers_of_the_program_stay_as_they_were() -> None:
    cost.grid_kg_per_kwh("USA")
    assert type(logging.getLogger("leverage.made_after_energy")) is logging.Logger
