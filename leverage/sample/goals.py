"""What the invented companies decided or believe: targets, budgets, rates, models, assumptions."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sin

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


@dataclass(frozen=True)
class Belief:
    """What a company believes of one thing it has not measured, from a year on."""

    name: str
    low: str
    mode: str
    high: str
    unit: str
    source: str
    grade: str = "D"
    year: str = "2025"
    workflow: str = ""


SHARE, MINUTES = "share", "minutes per active day"
PIECE, WORTH, HOUR = "minutes per piece", "USD per piece", "USD per hour"
TRIAGE, TICKETS = "Network triage", PLANTED.intervention_department
BELIEFS = {
    "zorvane": (
        Belief("wage_usd_per_hour", "48", "56", "66", "USD per hour", "payroll of the year", "B"),
        Belief("minutes_saved_per_active_day", "4", "12", "24", MINUTES, "poll of the first teams"),
        Belief(
            "minutes_saved_per_active_day",
            "10",
            "24",
            "42",
            MINUTES,
            "tickets timed in six teams, with and without",
            "B",
            "2026",
        ),
        Belief("rework", "0.15", "0.3", "0.5", SHARE, "samples read by team leads", "C"),
        Belief("realisation", "0.25", "0.5", "0.75", SHARE, "judgement of the finance office"),
        Belief("attribution", "0.4", "0.6", "0.8", SHARE, "before and after in six teams", "C"),
        Belief("helped_hours_cap_per_active_day", "3", "4", "6", "hours per active day", "a guess"),
        Belief("discount_rate", "0.08", "0.08", "0.08", SHARE, "rate of all projects", "B"),
        Belief("ramp_months", "2", "4", "8", "months", "how earlier tools came into use"),
        Belief("enablement_usd", "4000", "6000", "9000", "USD", "trainings booked", "B"),
        Belief("platform_usd_per_month", "200", "300", "500", "USD per month", "hosting bill", "B"),
        Belief(
            "minutes_saved_per_accepted",
            "5",
            "12",
            "25",
            PIECE,
            "tickets timed, with and without",
            "B",
            workflow=TRIAGE,
        ),
        Belief("accepted_gain_share", "0", "0.1", "0.25", SHARE, "a guess", workflow=TRIAGE),
        Belief("value_per_accepted_usd", "3", "6", "11", WORTH, "a guess", workflow=TRIAGE),
        Belief(
            "value_basis",
            "1",
            "1",
            "1",
            "time",
            "minutes were timed, pieces gained are a guess",
            workflow=TRIAGE,
        ),
        Belief(
            "worth_usd_per_hour_sooner",
            "0.05",
            "0.15",
            "0.3",
            HOUR,
            "penalties of the service contract",
            "C",
            "2026",
            workflow=TICKETS,
        ),
        *(
            Belief(f"reinvested_{into}_share", part, part, part, SHARE, "asked of team leads")
            for into, part in (
                ("same_work", "0.35"),
                ("quality", "0.2"),
                ("learning", "0.1"),
                ("fewer_hours", "0.1"),
            )
        ),
    ),
    "kitsorra": (
        Belief("wage_usd_per_hour", "74", "86", "102", "USD per hour", "payroll of the year", "B"),
        Belief("minutes_saved_per_active_day", "0", "35", "90", MINUTES, "survey of engineers"),
        Belief("rework", "0.2", "0.35", "0.55", SHARE, "reviews of the last release", "C"),
        Belief("realisation", "0.3", "0.6", "0.8", SHARE, "judgement of two leads"),
        Belief("review_hours_per_month", "20", "40", "70", "hours per month", "calendars", "C"),
        Belief("discount_rate", "0.12", "0.12", "0.12", SHARE, "rate asked by the owners", "B"),
    ),
    "tramello": (
        Belief("wage_usd_per_hour", "38", "44", "52", "USD per hour", "payroll of the year", "B"),
    ),
    "nimbaro": (
        Belief("wage_usd_per_hour", "60", "70", "85", "USD per hour", "payroll of the year", "B"),
        Belief(
            "minutes_saved_per_active_day", "20", "45", "80", MINUTES, "own diary of a month", "C"
        ),
        Belief("realisation", "0.4", "0.6", "0.85", SHARE, "judgement of the founders"),
        Belief("accepted_gain_share", "0.05", "0.2", "0.4", SHARE, "a guess", workflow="Tickets"),
        Belief(
            "value_per_accepted_usd",
            "4",
            "9",
            "15",
            WORTH,
            "price a supplier asks",
            "C",
            workflow="Tickets",
        ),
    ),
}
"""By company; Tramello has said no more than what an hour costs, the others nothing.

Zorvane counts one workflow by time although outcomes are assumed of it too, states what an hour is
worth by which its support teams answer sooner, and where three quarters of freed time went.
"""


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


def rates(plan: Plan, months: Sequence[str]) -> list[Row]:
    """Return what a euro was worth in each month to a company that counts in euros."""
    if plan.company.name != PLANTED.euro_company:
        return []
    return [
        {
            "month": month,
            "company": plan.company.name,
            "currency": "EUR",
            "usd_per_unit": f"{1.08 + 0.03 * sin(int(month[:4]) * 3 + int(month[5:]) / 4):.4f}",
            "source": "invented: rate of the books",
        }
        for month in months
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


def assumptions(plan: Plan, months: Sequence[str]) -> list[Row]:
    """Return what a company believed up to these months, each from its year on."""
    return [
        {
            "effective_date": f"{belief.year}-01-01",
            "company": plan.company.name,
            "assumption": belief.name,
            "workflow": belief.workflow,
            "role": "",
            "low": belief.low,
            "mode": belief.mode,
            "high": belief.high,
            "unit": belief.unit,
            "source": f"invented: {belief.source}",
            "author": "Programme office",
            "evidence_grade": belief.grade,
        }
        for belief in BELIEFS.get(plan.slug, ())
        if f"{belief.year}-01" <= months[-1]
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
