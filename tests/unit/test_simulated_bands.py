"""Do bands hold what they say? Data come from processes other than those the formulas assume."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import numpy as np
import pytest
from scipy.special import expit
from scipy.stats import norm

from leverage import cost, roi, stats

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
SEED = 20261101


def _share(held: Sequence[bool]) -> float:
    return sum(held) / len(held)


# --- the range of a return --------------------------------------------------------------------

WORLD: dict[str, Callable[[Array], Array]] = {
    "minutes": lambda z: 20 * np.exp(0.45 * z),
    "wage": lambda z: 60 * np.exp(0.15 * z),
    "rework": lambda z: np.asarray(expit(-0.6 + 0.4 * z)),
    "realisation": lambda z: np.asarray(expit(0.6 * z)),
    "attribution": lambda z: np.asarray(expit(1 + 0.5 * z)),
}
"""What is true of a company: log-normal hours and wages, logit-normal shares."""


@pytest.mark.parametrize("shape", ["triangular", "pert"])
def test_a_range_of_value_holds_what_came_where_its_ends_are_the_ends(shape: str) -> None:
    # Those who told the ends would have been wrong once in 400 cases at either.
    far = float(norm.ppf(1 / 400))
    told = {
        name: roi.Assumption(
            name,
            float(true(np.asarray(far))),
            float(true(np.asarray(-(0.45**2) if name == "minutes" else 0.0))),
            float(true(np.asarray(-far))),
            shape=shape,  # type: ignore[arg-type]
        )
        for name, true in WORLD.items()
    }
    line = roi.TimeSaved(
        "work",
        60,
        told["wage"],
        told["rework"],
        told["realisation"],
        told["attribution"],
        told["minutes"],
    )
    found = roi.returns(roi.Case(1, (line,), roi.Cost(0, 0)))
    assert isinstance(found, roi.Returns)
    # What is true of one thing goes a little with what is true of the others.
    chance = np.random.default_rng(SEED)
    common, own = chance.normal(size=(20_000, 1)), chance.normal(size=(20_000, len(WORLD)))
    z = 0.15**0.5 * common + 0.85**0.5 * own
    true = {name: of(z[:, i]) for i, (name, of) in enumerate(WORLD.items())}
    came = (
        true["minutes"]
        * true["wage"]
        * (1 - true["rework"])
        * true["realisation"]
        * true["attribution"]
    )
    held = (came >= found.value_usd.p10) & (came <= found.value_usd.p90)
    assert 0.75 <= held.mean() <= 0.85


# --- effects ----------------------------------------------------------------------------------


@pytest.mark.parametrize("n_treated", [5, 8, 15])
def test_an_interval_of_an_effect_holds_it_where_teams_are_skewed_and_unlike(
    n_treated: int,
) -> None:
    chance = np.random.default_rng(SEED + n_treated)
    held = []
    for _ in range(1_000):
        # Hours to repair: skewed over teams, larger ones moving more, and the effect uneven.
        before = chance.lognormal(3, 0.4, 2 * n_treated + 3)
        after = before * chance.lognormal(0, 0.15, len(before))
        after[:n_treated] += -3 + chance.normal(0, 1, n_treated)
        pairs = list(zip(before.tolist(), after.tolist(), strict=True))
        found = stats.difference_in_differences(pairs[:n_treated], pairs[n_treated:])
        assert found is not None
        assert found.interval is not None
        held.append(found.interval[0] <= -3 <= found.interval[1])
    assert 0.92 <= _share(held) <= 0.98


def test_an_interval_of_an_effect_holds_it_where_counts_are_overdispersed() -> None:
    chance = np.random.default_rng(SEED)
    held = []
    for _ in range(1_000):
        # Pieces of work a team: a negative binomial of twice to ten times a Poisson's variance.
        means = chance.uniform(5, 45, 20)
        grown = means + np.where(np.arange(20) < 8, 6.0, 1.0)
        before, after = (chance.negative_binomial(5, 5 / (5 + mean)) for mean in (means, grown))
        pairs = list(zip(before.tolist(), after.tolist(), strict=True))
        found = stats.difference_in_differences(pairs[:8], pairs[8:])
        assert found is not None
        assert found.interval is not None
        held.append(found.interval[0] <= 5 <= found.interval[1])
    assert 0.92 <= _share(held) <= 0.98


@pytest.mark.parametrize(("n_treated", "n_control"), [(5, 5), (8, 4), (12, 0)])
def test_an_interval_of_a_staggered_effect_holds_it_where_months_are_alike(
    n_treated: int, n_control: int
) -> None:
    chance = np.random.default_rng(SEED + n_treated)
    held = []
    for _ in range(200):
        # Months that resemble the one before, a drift that all share, an effect that is uneven.
        teams, months = n_treated + n_control, 18
        shocks, apart = chance.normal(0, 1.5, (teams, months)), np.zeros((teams, months))
        for month in range(1, months):
            apart[:, month] = 0.5 * apart[:, month - 1] + shocks[:, month]
        courses = chance.lognormal(3, 0.3, (teams, 1)) + apart
        courses += np.cumsum(chance.normal(0, 0.5, months))
        starts: list[int | None] = [int(at) for at in chance.integers(4, 14, n_treated)]
        for team, start in enumerate(starts):
            courses[team, start:] += -3 + chance.normal(0, 0.7)
        found = stats.staggered(courses.tolist(), starts + [None] * n_control)
        if found is not None and found.interval is not None:
            held.append(found.interval[0] <= -3 <= found.interval[1])
    assert len(held) > 150
    assert 0.92 <= _share(held) <= 0.98


@pytest.mark.parametrize("n", [4, 8, 16])
def test_an_interval_of_few_studies_holds_what_they_have_in_common(n: int) -> None:
    chance = np.random.default_rng(SEED + n)
    held, by_normal = [], []
    for _ in range(1_000):
        # Effects of studies have heavier tails than the normal distribution that is assumed.
        errors = chance.uniform(0.03, 0.12, n)
        effects = 0.1 + 0.05 * chance.standard_t(5, n) + chance.normal(0, errors)
        found = stats.random_effects(effects.tolist(), errors.tolist())
        assert found is not None
        held.append(found.interval_of_few[0] <= 0.1 <= found.interval_of_few[1])
        by_normal.append(found.interval[0] <= 0.1 <= found.interval[1])
    assert 0.92 <= _share(held) <= 0.98
    assert _share(by_normal) < _share(held)


# --- the end of the month ---------------------------------------------------------------------


def _week(days: Sequence[date]) -> Array:
    return np.asarray([0.25 if day.isoweekday() > 5 else 1.0 for day in days])


def _alike(chance: np.random.Generator, n: int) -> Array:
    """Return logarithms of levels of which each resembles the day before."""
    shocks, level = chance.normal(0, 0.12, n), np.zeros(n)
    for day in range(1, n):
        level[day] = 0.8 * level[day - 1] + shocks[day]
    return level


def _neighbours(chance: np.random.Generator, days: Sequence[date]) -> Array:
    n = len(days)
    return 1000 * _week(days) * np.exp(_alike(chance, n)) * chance.lognormal(0, 0.2, n)


def _growing(chance: np.random.Generator, days: Sequence[date]) -> Array:
    return _neighbours(chance, days) * 1.05 ** (np.arange(len(days)) / 30)


def _counted(chance: np.random.Generator, days: Sequence[date]) -> Array:
    requests = 50 * _week(days) * np.exp(_alike(chance, len(days)))
    return chance.negative_binomial(3, 3 / (3 + requests)) * chance.lognormal(2, 0.4, len(days))


def _shifting(chance: np.random.Generator, days: Sequence[date]) -> Array:
    level = np.exp(np.cumsum(chance.normal(0, 0.02, len(days))))
    return 1000 * _week(days) * level * chance.lognormal(0, 0.2, len(days))


PROCESSES = {
    "neighbours alike": _neighbours,
    "growing": _growing,
    "overdispersed counts": _counted,
    "shifting levels": _shifting,
}


def test_a_band_of_the_month_end_holds_what_came() -> None:
    chance = np.random.default_rng(SEED)
    by_process: dict[str, list[bool]] = {name: [] for name in PROCESSES}
    for name, process in PROCESSES.items():
        for _ in range(200):
            as_of = date(2026, 3, 1) + timedelta(days=int(chance.integers(0, 90)))
            days = [as_of + timedelta(days=i) for i in range(-240, 45)]
            daily = dict(zip(days, process(chance, days).tolist(), strict=True))
            found = cost.month_end({day: daily[day] for day in days if day <= as_of}, as_of)
            assert found is not None
            came = sum(usd for day, usd in daily.items() if f"{day:%Y-%m}" == found.month)
            by_process[name].append(found.low <= came <= found.high)
    shares = {name: _share(held) for name, held in by_process.items()}
    assert 0.75 <= sum(shares.values()) / len(shares) <= 0.85, shares
    assert all(0.72 <= share <= 0.88 for share in shares.values()), shares


# --- the year ahead ---------------------------------------------------------------------------


def _months_of_days(chance: np.random.Generator, n: int) -> Array:
    """Return sums of months of days whose level drifts."""
    days = np.exp(np.cumsum(chance.normal(0.001, 0.02, 30 * n)))
    return np.asarray([month.sum() for month in np.split(days, n)])


def _months_of_growth(chance: np.random.Generator, n: int) -> Array:
    """Return months whose growth jumps as no normal distribution does, and are counted roughly."""
    growth = 0.03 + 0.045 * chance.standard_t(4, n)
    return np.exp(np.cumsum(growth) + chance.normal(0, 0.02, n))


@pytest.mark.parametrize("n_known", [12, 18, 24])
def test_a_band_of_the_outlook_holds_what_came(n_known: int) -> None:
    chance = np.random.default_rng(SEED + n_known)
    held = []
    for process in (_months_of_days, _months_of_growth):
        for _ in range(300):
            months = process(chance, n_known + 12)
            found = cost.outlook(months[:n_known].tolist())
            assert found is not None
            for ahead in (found[0], found[2], found[5], found[11]):
                came = months[n_known - 1 + ahead.steps]
                held.append(bool(ahead.low <= came <= ahead.high))
    assert 0.75 <= _share(held) <= 0.85


def test_a_band_of_the_outlook_that_begins_with_the_month_end_holds_what_came() -> None:
    chance = np.random.default_rng(SEED)
    firsts = [date(2024 + (month + 9) // 12, (month + 9) % 12 + 1, 1) for month in range(37)]
    days = [firsts[0] + timedelta(days=i) for i in range((firsts[-1] - firsts[0]).days)]
    bounds = [(first - firsts[0]).days for first in firsts]
    held: dict[int, list[bool]] = {1: [], 2: [], 3: [], 6: [], 12: []}
    for _ in range(400):
        spent = _shifting(chance, days) * 1.001 ** np.arange(len(days))
        months = np.add.reduceat(spent, bounds[:-1])
        until = bounds[24]
        known = dict(zip(days[until - 395 : until], spent[until - 395 : until], strict=True))
        month_end = cost.month_end(known, days[until - 1])
        assert month_end is not None
        first = cost.Ahead(1, month_end.month_end, month_end.low, month_end.high)
        found = cost.outlook(months[:24].tolist(), first=first)
        assert found is not None
        for steps, of_step in held.items():
            ahead = found[steps - 1]
            of_step.append(bool(ahead.low <= months[23 + steps] <= ahead.high))
    shares = {steps: _share(of_step) for steps, of_step in held.items()}
    assert 0.75 <= sum(shares.values()) / len(shares) <= 0.85, shares
    assert all(0.7 <= share <= 0.9 for share in shares.values()), shares
