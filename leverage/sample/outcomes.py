"""What work came out of the invented companies: counts, reviews, defects and hours by month.

Every number stands once: a department's total is the sum over its workflows and the rest, a
company's the sum over its departments. Where a company counts tickets by team, the teams stand in
the file instead of the department. Reviewers are a department's, whichever workflow they look at.
Everything completed is meant to be reviewed, and nothing is accepted that was not.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from leverage.sample.companies import PLANTED, Plan
from leverage.sample.desk import Desk, person_days, program_days
from leverage.sample.people import Row
from leverage.sample.use import AGENT, CHAT, Tokens, days_of, months_since, stream

TELLING = {"cursor_events": AGENT, "litellm_daily": CHAT}
"""The tools whose files tell tokens by person in every month, and the shape of their work."""

ACCEPTED_PER_EMPLOYEE = {
    "Engineering": 18.0,
    "Product": 16.0,
    "Support": 24.0,
    "Sales": 20.0,
    "Finance": 20.0,
    "Legal": 16.0,
    "Operations": 22.0,
}
"""Accepted pieces of work per employee and month at a million price-weighted tokens per employee,
and wherever a company's files do not tell the tokens of its departments.

They are near each other, so that departments can be laid side by side: what many tokens get done
is not hidden by who does small pieces.
"""

DOSE_TOKENS = 1_000_000.0
LEAST_DOSE_TOKENS = 1_000.0


@dataclass(frozen=True)
class Flow:
    """One workflow of a department: its share of what the department gets accepted, and how good.

    `accepted` and `reworked` are shares of what is completed, `escaped` the defects that reach a
    customer per accepted piece. Where `is_reviewed` is false nobody counts the reviews.
    """

    workflow: str
    department: str
    share: float
    accepted: float = 0.88
    reworked: float = 0.08
    escaped: float = 0.012
    is_reviewed: bool = True


FLOWS = {
    "zorvane": (
        Flow("Network triage", "Operations", 0.35, accepted=0.955, reworked=0.05, escaped=0.006),
        Flow("Assist lab", "Support", 0.012),
        Flow("Coding agent", "Engineering", 0.2, accepted=0.86, is_reviewed=False),
        Flow("Software development", "Engineering", 0.6, reworked=0.12, escaped=0.018),
    ),
    "tramello": (
        Flow("Fraud review", "Finance", 0.5, accepted=0.93),
        Flow("Catalogue search", "Product", 0.6),
        Flow("Checkout help", "Support", 0.3, accepted=0.90),
        Flow("Software development", "Engineering", 0.8),
    ),
    "kitsorra": (
        Flow("Bug triage", "Engineering", 0.2, accepted=0.79, reworked=0.11),
        Flow("Releases", "Engineering", 0.08, accepted=0.70, reworked=0.17),
        Flow("Docs search", "Support", 0.3, accepted=0.77),
        Flow("Coding agent", "Engineering", 0.2, accepted=0.76, reworked=0.15),
        Flow("Software development", "Engineering", 0.5, accepted=0.845),
    ),
    "ombravo": (
        Flow("Lead scoring", "Sales", 0.3, accepted=0.955, reworked=0.04, escaped=0.006),
        Flow("Ticket replies", "Support", 0.4, accepted=0.77, reworked=0.14, escaped=0.02),
        Flow("Software development", "Engineering", 0.7, accepted=0.87),
    ),
    "nimbaro": (
        Flow("Tickets", "Support", 0.8, reworked=0.09),
        Flow("Outreach", "Sales", 0.1),
        Flow(
            "Software development", "Engineering", 0.8, accepted=0.95, reworked=0.06, escaped=0.007
        ),
    ),
}
"""By company; a company that is not here hands in no outcomes."""

TEAM_PLACES = ("North", "South", "East", "West", "Centre", "Coast")
TEAM_DEPARTMENTS = {"zorvane": ("Support", "Operations")}
"""Departments whose tickets are counted by team, one in each place."""

TICKETS_PER_EMPLOYEE = {"Support": 70.0, "Operations": 30.0}
RESOLUTION_HOURS = 24.0
DEPLOYMENTS_PER_ENGINEER = 3.0
FAILED_SHARE = 0.08
LEAD_TIME_HOURS = 40.0
INCIDENTS_PER_DEPLOYMENT = 0.06
MTTR_HOURS = 5.0
FOUND_PER_ACCEPTED = 0.05
COVERAGE = 0.975
REVIEWS_EACH = {"enterprise": 40, "AI-native": 75}
"""Pieces a reviewer has in a month, by the company's origin; more of them once it is strained."""


def outcomes(desks: Sequence[Desk]) -> list[Row]:
    """Return the rows of all months, months ascending."""
    return [row for desk in desks for row in _month(desk)]


def _month(desk: Desk) -> list[Row]:
    heads, doses, passed = _heads(desk), _doses(desk), _strain(desk)
    rows = []
    for department, employees in heads.items():
        random = desk.stream(f"outcomes {department}")
        dose = None if doses is None else doses[department] / employees
        accepted = employees * _accepted_per_employee(desk, department, dose, random)
        work = [
            row
            for flow in _flows(desk.plan, department)
            for row in _counts(desk, flow, random, accepted * flow.share, passed)
        ]
        rows += [*work, *_reviewers(desk, department, work, passed)]
    rows += _delivery(desk, heads["Engineering"])
    for department in TEAM_DEPARTMENTS.get(desk.plan.slug, ()):
        rows += _team_tickets(desk, department, heads[department])
    if desk.plan.slug not in TEAM_DEPARTMENTS and "Support" in heads:
        random = desk.stream("tickets")
        count = _count(random, heads["Support"] * TICKETS_PER_EMPLOYEE["Support"])
        rows += _tickets(desk, "Support", count, random.gauss(RESOLUTION_HOURS, 1.2))
    return rows


def _heads(desk: Desk) -> dict[str, int]:
    last = days_of(desk.month)[-1]
    here = Counter(person.department for person in desk.people if person.employed(last))
    return {department: here[department] for department in desk.plan.heads if here[department]}


def _weight(tokens: Tokens) -> float:
    """Return tokens in units of one uncached input token, as list prices weigh them."""
    return tokens.uncached + 5 * tokens.output + 0.1 * tokens.cache_read + 1.25 * tokens.cache_write


def _doses(desk: Desk) -> dict[str, float] | None:
    """Return the price-weighted tokens of each department's people; None if no file tells them."""
    told = [tool.kind for tool in desk.plan.tools if tool.kind in TELLING]
    if not told:
        return None
    doses: dict[str, float] = dict.fromkeys(desk.plan.heads, 0.0)
    for kind in told:
        for use in person_days(desk, kind, TELLING[kind]):
            doses[use.person.department] += _weight(use.tokens)
    return doses


def _strain(desk: Desk) -> float:
    """Return how far a company is past its planted level: the logarithm of the ratio, 0 below."""
    if desk.plan.company.name != PLANTED.strained_company:
        return 0.0
    tokens = sum((_doses(desk) or {}).values())
    for vendor in ("OpenAI", "Anthropic"):
        tokens += sum(_weight(use.tokens) for use in program_days(desk, vendor))
    per_employee = tokens / sum(_heads(desk).values())
    return max(0.0, math.log(per_employee / PLANTED.strained_from_tokens))


def _accepted_per_employee(
    desk: Desk, department: str, dose_tokens: float | None, random: Random
) -> float:
    """Return what one employee gets accepted, around the planted power of tokens per employee."""
    own = stream(desk.plan.slug, "outcomes", department).lognormvariate(0, 0.12)
    noise = random.lognormvariate(0, PLANTED.dose_noise)
    dose = DOSE_TOKENS if dose_tokens is None else max(dose_tokens, LEAST_DOSE_TOKENS)
    power: float = (dose / DOSE_TOKENS) ** PLANTED.dose_elasticity
    return ACCEPTED_PER_EMPLOYEE[department] * own * noise * power


def _flows(plan: Plan, department: str) -> list[Flow]:
    """Return the workflows of a department, and the rest of its work under no name."""
    flows = [flow for flow in FLOWS[plan.slug] if flow.department == department]
    is_strained = plan.company.name == PLANTED.strained_company
    share = 1 - sum(flow.share for flow in flows)
    return [*flows, Flow("", department, share, accepted=0.83 if is_strained else 0.88)]


def _counts(
    desk: Desk, flow: Flow, random: Random, accepted_mean: float, passed: float
) -> list[Row]:
    """Return what one workflow's month counts; `passed` is the strain."""
    completed = max(1, _count(random, accepted_mean / flow.accepted))
    coverage = min(1.0, random.gauss(COVERAGE - PLANTED.strain_on_coverage * passed, 0.006))
    reviewed = _count(random, completed * coverage)
    accepted = min(_part(random, completed, flow.accepted), reviewed)
    escaped = flow.escaped + PLANTED.strain_on_escapes * passed
    counts = {
        "completed": completed,
        "accepted": accepted,
        "reworked": _part(random, completed, flow.reworked),
        "escaped_defects": _count(random, accepted * escaped),
        "found_before_customer": _count(random, accepted * FOUND_PER_ACCEPTED),
    }
    if flow.is_reviewed and desk.plan.company.name != PLANTED.unreviewed_company:
        counts |= {
            "needs_review": completed,
            "reviewed": reviewed,
        }
    return [
        _row(desk, flow.department, metric, str(count), workflow=flow.workflow)
        for metric, count in counts.items()
    ]


def _reviewers(desk: Desk, department: str, work: list[Row], passed: float) -> list[Row]:
    """Return how many people reviewed a department's work, whichever workflow, if it is counted."""
    needed = sum(int(row["value"]) for row in work if row["metric"] == "needs_review")
    if not needed:
        return []
    each = REVIEWS_EACH[desk.plan.company.origin] * math.exp(passed)
    return [_row(desk, department, "reviewers", str(max(1, round(needed / each))))]


def _delivery(desk: Desk, engineers: int) -> list[Row]:
    """Return the figures of delivery, which no use of AI moves here."""
    random = desk.stream("delivery")
    deployments = max(1, _count(random, engineers * DEPLOYMENTS_PER_ENGINEER))
    incidents = _count(random, deployments * INCIDENTS_PER_DEPLOYMENT)
    rows = [
        _row(desk, "Engineering", metric, str(count))
        for metric, count in (
            ("deployments", deployments),
            ("failed_deployments", _part(random, deployments, FAILED_SHARE)),
            ("incidents", incidents),
        )
    ]
    lead, repair = random.gauss(LEAD_TIME_HOURS, 2.5), random.gauss(MTTR_HOURS, 0.6)
    rows.append(_row(desk, "Engineering", "lead_time_hours", f"{lead:.2f}", n=deployments))
    if incidents:
        rows.append(_row(desk, "Engineering", "mttr_hours", f"{repair:.2f}", n=incidents))
    return rows


def _team_tickets(desk: Desk, department: str, employees: int) -> list[Row]:
    """Return the tickets of a department's teams, with the planted effect of the intervention."""
    common = desk.stream("tickets").gauss(0, 0.8)
    is_treated = department == PLANTED.intervention_department
    after = months_since(desk.month, f"{PLANTED.intervention_date:%Y-%m}") >= 0
    effect = PLANTED.intervention_hours if is_treated and after else 0.0
    rows = []
    for place in TEAM_PLACES:
        team = f"{department} {place}"
        random = desk.stream(f"tickets {team}")
        own = stream(desk.plan.slug, "tickets", team).gauss(0, 3)
        hours = RESOLUTION_HOURS + own + common + effect + random.gauss(0, 1)
        mean = employees / len(TEAM_PLACES) * TICKETS_PER_EMPLOYEE[department]
        rows += _tickets(desk, team, max(1, _count(random, mean)), hours)
    return rows


def _tickets(desk: Desk, scope: str, count: int, hours: float) -> list[Row]:
    return [
        _row(desk, scope, "tickets", str(count)),
        _row(desk, scope, "resolution_hours", f"{hours:.2f}", n=count),
    ]


def _row(
    desk: Desk, scope: str, metric: str, value: str, *, workflow: str = "", n: int | None = None
) -> Row:
    return {
        "month": desk.month,
        "company": desk.plan.company.name,
        "scope": scope,
        "workflow": workflow,
        "metric": metric,
        "value": value,
        "n": "" if n is None else str(n),
    }


def _count(random: Random, mean: float) -> int:
    """Return a whole number whose mean this is: it is rounded up as often as its fraction says."""
    return math.floor(max(0.0, mean) + random.random())


def _part(random: Random, whole: int, share: float) -> int:
    """Draw how many of a whole pass, each with the same chance."""
    drawn = random.gauss(whole * share, math.sqrt(whole * share * (1 - share)))
    return min(whole, _count(random, drawn))
