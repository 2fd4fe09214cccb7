"""What the invented companies decided: targets, budgets, approved models and an intervention."""

from collections.abc import Sequence
from dataclasses import dataclass

from leverage.sample.companies import PLANTED, Plan
from leverage.sample.people import Row


@dataclass(frozen=True)
class Goal:
    """A figure a company set for every month of a year, for all of it unless a part is named.

    `metric` is the id of a metric, or None for a budget in US dollars; `values` go by year.
    """

    values: dict[str, str]
    metric: str | None = None
    department: str = ""
    vendor: str = ""


GOALS = {
    "zorvane": (
        Goal({"2025": "800000", "2026": "3000000"}, "tokens_per_employee"),
        Goal({"2025": "0.35", "2026": "0.65"}, "active_share"),
        Goal({"2026": "0.7"}, "active_share", department="Engineering"),
        Goal({"2025": "1200", "2026": "2000"}, "full_cost_usd"),
        Goal({"2025": "1300", "2026": "2100"}),
        Goal({"2026": "900"}, vendor="GitHub"),
    ),
    "tramello": (
        Goal({"2025": "3000000", "2026": "8000000"}, "tokens_per_employee"),
        Goal({"2025": "0.45", "2026": "0.65"}, "active_share"),
        Goal({"2025": "1700", "2026": "2800"}, "full_cost_usd"),
        Goal({"2025": "1800", "2026": "2900"}),
        Goal({"2026": "1500"}, vendor="Cursor"),
    ),
    "kitsorra": (Goal({"2025": "4000", "2026": "5000"}),),
}
"""By company; the others set neither targets nor budgets."""

APPROVED = {
    "kitsorra": (
        ("Anthropic", "claude-sonnet-4-5", "approved", ""),
        ("Anthropic", "claude-sonnet-5", "approved", ""),
        ("Anthropic", "claude-3-5-sonnet", "restricted", "until it is replaced"),
        ("OpenAI", "gpt-5-mini", "approved", ""),
        ("OpenAI", "gpt-4o-mini", "restricted", "until it is replaced"),
        ("Cursor", "", "approved", ""),
    ),
}
"""By company: vendor, model (empty for all of the vendor's), status and note."""

APPROVED_FROM = "2025-01-01"


def targets(plan: Plan, months: Sequence[str]) -> list[Row]:
    """Return what metrics are meant to reach, months ascending."""
    return [
        {
            "month": month,
            "company": plan.company.name,
            "department": goal.department,
            "metric": goal.metric,
            "target": goal.values[month[:4]],
        }
        for month in months
        for goal in GOALS.get(plan.slug, ())
        if goal.metric is not None and month[:4] in goal.values
    ]


def budgets(plan: Plan, months: Sequence[str]) -> list[Row]:
    """Return what may be spent, months ascending."""
    return [
        {
            "month": month,
            "company": plan.company.name,
            "department": goal.department,
            "vendor": goal.vendor,
            "budget": goal.values[month[:4]],
            "currency": "USD",
        }
        for month in months
        for goal in GOALS.get(plan.slug, ())
        if goal.metric is None and month[:4] in goal.values
    ]


def events(plan: Plan, months: Sequence[str]) -> list[Row]:
    """Return what the company logged in these months: the planted intervention."""
    day = PLANTED.intervention_date
    if plan.company.name != PLANTED.intervention_company or f"{day:%Y-%m}" not in months:
        return []
    return [
        {
            "date": str(day),
            "company": plan.company.name,
            "event": "Answers drafted from solved tickets, after a training of all teams",
            "event_kind": "intervention",
            "vendor": "",
            "department": PLANTED.intervention_department,
        }
    ]


def approved_models(plan: Plan) -> list[Row]:
    """Return the models a company has decided on; the list is the same in every window."""
    return [
        {
            "effective_date": APPROVED_FROM,
            "company": plan.company.name,
            "vendor": vendor,
            "model": model,
            "status": status,
            "note": note,
        }
        for vendor, model, status, note in APPROVED.get(plan.slug, ())
    ]
