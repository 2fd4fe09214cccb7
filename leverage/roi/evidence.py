"""What is known before a company has measured anything: rungs of evidence, presets by role."""

from dataclasses import dataclass
from math import sqrt
from statistics import median

from leverage import reference
from leverage.roi.assumptions import Assumption
from leverage.stats.effects import MeasuredEffect

MINUTES_SAVED = "minutes_saved_per_active_day"
ATTRIBUTION = "attribution"


@dataclass(frozen=True)
class Preset:
    """The time saving that studies of one role support, as shares of `share_of`.

    From the lowest to the highest of their estimates, the likeliest the median; where there is one
    study it is the interval it tells, else from no effect at all to its estimate: one study
    supports nothing better than what it found. `grade` is that of the weakest.
    """

    role: str
    share_of: str
    low: float
    mode: float
    high: float
    grade: str
    studies: tuple[reference.Effect, ...]

    def minutes(self, minutes_of_work: float, workflow: str | None = None) -> Assumption:
        """Return it as minutes saved per active day, of so many minutes a day of such work."""
        return Assumption(
            name=MINUTES_SAVED,
            low=self.low * minutes_of_work,
            mode=self.mode * minutes_of_work,
            high=self.high * minutes_of_work,
            unit="minutes per active day",
            workflow=workflow,
            role=self.role,
            source="; ".join(dict.fromkeys(study.source for study in self.studies)),
            evidence_grade=self.grade,
        )


def presets() -> tuple[Preset, ...]:
    """Return one preset a role, in the order of the table of studies."""
    by_role: dict[str, list[reference.Effect]] = {}
    for effect in reference.roi_effects():
        if effect.is_preset:
            by_role.setdefault(effect.role, []).append(effect)
    return tuple(_preset(role, studies) for role, studies in by_role.items())


def attribution(rung: str, workflow: str | None = None) -> Assumption:
    """Return the share of a gain that a rung, E1 to E5, puts down to AI.

    Raises KeyError where there is no such rung.
    """
    found = {rung.name: rung for rung in reference.evidence_ladder()}[rung]
    return Assumption(
        name=ATTRIBUTION,
        low=found.low,
        mode=found.mode,
        high=found.high,
        unit="share",
        workflow=workflow,
        source=f"{found.name}, {found.design}: {found.reason}",
        evidence_grade="D",
    )


def rung_of(attribution: Assumption) -> reference.Rung:
    """Return the rung of the ladder that a share put down to AI names.

    One that names no design stands where a company's own report does, whatever the share.
    """
    ladder = {rung.name: rung for rung in reference.evidence_ladder()}
    return ladder.get(attribution.source[:2], ladder["E5"])


def measured_gain(
    found: MeasuredEffect, name: str, unit: str, workflow: str, *, is_less_better: bool = False
) -> Assumption | None:
    """Return a measured effect as the gain of each outcome, above 0 where it got better.

    A symmetric triangle with the effect's own standard error: √6 of them to either side. None
    where the effect is directional, for its size cannot be relied on.
    """
    if found.standard_error is None or found.is_directional:
        return None
    gain, reach = -found.effect if is_less_better else found.effect, sqrt(6) * found.standard_error
    n = f"{found.n_treated} teams" + (f" against {found.n_control}" if found.n_control else "")
    return Assumption(
        name=name,
        low=gain - reach,
        mode=gain,
        high=gain + reach,
        unit=unit,
        workflow=workflow,
        source=f"measured, {found.rung}, {n}",
        evidence_grade="B",
    )


def default(name: str) -> Assumption:
    """Return what is assumed until someone says better; KeyError where there is no such range."""
    found = {default.name: default for default in reference.roi_defaults()}[name]
    return Assumption(
        name=found.name,
        low=found.low,
        mode=found.mode,
        high=found.high,
        unit=found.unit,
        source=f"{found.source}; {found.reason}",
        evidence_grade=found.grade,
    )


def _preset(role: str, studies: list[reference.Effect]) -> Preset:
    estimates = [study.time_saving for study in studies]
    low, high = min(estimates), max(estimates)
    if len(studies) == 1:
        (study,) = studies
        low = 0.0 if study.time_saving_low is None else study.time_saving_low
        high = high if study.time_saving_high is None else study.time_saving_high
    return Preset(
        role=role,
        share_of=studies[0].share_of,
        low=low,
        mode=median(estimates),
        high=high,
        grade=max(study.grade for study in studies),
        studies=tuple(studies),
    )
