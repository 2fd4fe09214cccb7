"""The invented companies, what each of them uses, and the effects planted in their files."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Planted:
    """What a reader of the sample must be able to find again; see the package's docstring."""

    new_model: str
    new_model_month: str
    new_model_companies: tuple[str, ...]
    price_cut_model: str
    price_cut_date: date
    price_cut_factor: Decimal
    missing_company: str
    missing_kind: str
    missing_month: str
    unit_change_kind: str
    unit_change_date: date
    late_company: str
    late_kinds: tuple[str, ...]
    late_first_month: str
    dose_elasticity: float
    dose_noise: float
    silent_company: str
    unreviewed_company: str
    strained_company: str
    strained_from_tokens: float
    strain_on_coverage: float
    strain_on_escapes: float
    euro_company: str
    intervention_company: str
    intervention_department: str
    intervention_date: date
    intervention_hours: float


PLANTED = Planted(
    new_model="claude-sonnet-5",
    new_model_month="2026-05",
    new_model_companies=("Kitsorra Tools", "Nimbaro Agents"),
    price_cut_model="gpt-5",
    price_cut_date=date(2026, 7, 1),
    price_cut_factor=Decimal("0.6"),
    missing_company="Pellumo Health",
    missing_kind="anthropic_tokens",
    missing_month="2026-03",
    unit_change_kind="github_billing",
    unit_change_date=date(2026, 6, 1),
    late_company="Nimbaro Agents",
    late_kinds=("anthropic_tokens", "anthropic_cost"),
    late_first_month="2025-06",
    dose_elasticity=0.33,
    dose_noise=0.06,
    silent_company="Pellumo Health",
    unreviewed_company="Tramello Market",
    strained_company="Kitsorra Tools",
    strained_from_tokens=24_000_000.0,
    strain_on_coverage=0.22,
    strain_on_escapes=0.05,
    euro_company="Zorvane Telecom",
    intervention_company="Zorvane Telecom",
    intervention_department="Support",
    intervention_date=date(2026, 4, 1),
    intervention_hours=-4.0,
)


@dataclass(frozen=True)
class SampleCompany:
    """One invented company; `employees` is its headcount at the end of 2026-10 at scale 1."""

    name: str
    sector: str
    origin: str
    employees: int


@dataclass(frozen=True)
class Tool:
    """Something people use under their own name.

    `reach` is the share of each department that may have it, `daily` the chance that a user opens
    it on a full working day, `tokens_per_day` the uncached input of one such day at the epoch and
    `lines` the model lines it draws on.
    """

    kind: str
    reach: dict[str, float]
    daily: float
    tokens_per_day: int
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Program:
    """Something that calls a vendor under a key: one project or workspace.

    `tokens_per_day` is the uncached input of a full working day at the epoch. `gateway` says that
    its traffic also passes the company's gateway, so that two files hold it; `prepaid` that the
    money was paid ahead.
    """

    vendor: str
    workspace: str
    key: str
    line: str
    tokens_per_day: int
    gateway: bool = False
    weekends: bool = True
    prepaid: bool = False


@dataclass(frozen=True)
class SeatPlan:
    """Seats of one vendor's plan, for everyone who may use the kind it belongs to."""

    kind: str
    vendor: str
    plan: str
    price_usd: str


@dataclass(frozen=True)
class Plan:
    """Everything the generator knows of one company.

    `heads` is the headcount by department at the epoch, `joining` and `leaving` monthly rates,
    `growth` the monthly factor of tokens per active person, `breadth` the share of people who use
    AI at the epoch and 24 months later.
    """

    company: SampleCompany
    slug: str
    heads: dict[str, int]
    joining: float
    leaving: float
    growth: float
    breadth: tuple[float, float]
    tools: tuple[Tool, ...]
    programs: tuple[Program, ...] = ()
    seats: tuple[SeatPlan, ...] = ()


_ALL = dict.fromkeys(
    ("Engineering", "Product", "Support", "Sales", "Finance", "Legal", "Operations"), 1.0
)
_CODERS = {"Engineering": 1.0, "Product": 0.25}

PLANS = (
    Plan(
        SampleCompany("Zorvane Telecom", "telecom", "enterprise", 230),
        "zorvane",
        {
            "Engineering": 62,
            "Product": 13,
            "Support": 52,
            "Sales": 32,
            "Finance": 13,
            "Legal": 4,
            "Operations": 24,
        },
        joining=0.014,
        leaving=0.010,
        growth=1.075,
        breadth=(0.22, 0.62),
        tools=(
            Tool("github_billing", {"Engineering": 1.0}, 0.42, 17_000, ("gpt", "sonnet")),
            Tool("litellm_daily", _ALL, 0.165, 52_000, ("gpt", "gpt-small", "gemini")),
        ),
        programs=(
            Program("AWS", "Network triage", "network-triage", "sonnet", 900_000, prepaid=True),
            Program("AWS", "Assist lab", "assist-lab", "haiku", 300_000, weekends=False),
        ),
        seats=(SeatPlan("github_billing", "GitHub", "Copilot Business", "19"),),
    ),
    Plan(
        SampleCompany("Tramello Market", "ecommerce_fintech", "enterprise", 151),
        "tramello",
        {
            "Engineering": 44,
            "Product": 11,
            "Support": 30,
            "Sales": 20,
            "Finance": 14,
            "Legal": 3,
            "Operations": 14,
        },
        joining=0.016,
        leaving=0.011,
        growth=1.065,
        breadth=(0.30, 0.74),
        tools=(
            Tool("cursor_events", _CODERS, 0.30, 90_000, ("composer", "gpt", "sonnet")),
            Tool("litellm_daily", _ALL | {"Engineering": 0.4}, 0.19, 77_000, ("mistral", "gemini")),
        ),
        programs=(
            Program("OpenAI", "proj_fraud_review", "key_fraud", "gpt", 1_100_000),
            Program(
                "OpenAI",
                "proj_catalogue_search",
                "key_catalogue",
                "gpt-small",
                2_400_000,
                weekends=False,
            ),
            Program("OpenAI", "proj_checkout_help", "key_checkout", "gpt", 350_000, gateway=True),
            Program("OpenAI", "", "key_old_prototype", "gpt-small", 150_000, weekends=False),
        ),
        seats=(SeatPlan("cursor_events", "Cursor", "Teams", "40"),),
    ),
    Plan(
        SampleCompany("Pellumo Health", "healthcare_education", "enterprise", 124),
        "pellumo",
        {
            "Engineering": 24,
            "Product": 6,
            "Support": 34,
            "Finance": 8,
            "Legal": 3,
            "Operations": 50,
        },
        joining=0.013,
        leaving=0.011,
        growth=1.085,
        breadth=(0.15, 0.50),
        tools=(Tool("chatgpt_users", _ALL, 0.38, 0),),
        programs=(
            Program("Anthropic", "Care notes", "care-notes", "sonnet", 420_000, weekends=False),
            Program(
                "Anthropic", "Claims triage", "claims, tier 2", "haiku", 380_000, weekends=False
            ),
        ),
        seats=(SeatPlan("chatgpt_users", "OpenAI", "ChatGPT Enterprise", "60"),),
    ),
    Plan(
        SampleCompany("Kitsorra Tools", "developer_tooling", "AI-native", 52),
        "kitsorra",
        {"Engineering": 24, "Product": 4, "Support": 4, "Sales": 3, "Operations": 2},
        joining=0.022,
        leaving=0.011,
        growth=1.055,
        breadth=(0.72, 0.97),
        tools=(Tool("cursor_events", _ALL, 0.40, 310_000, ("composer", "sonnet", "gpt")),),
        programs=(
            Program("Anthropic", "Bug triage", "bug-triage", "sonnet", 1_500_000),
            Program(
                "Anthropic", "Release agent", "release-agent", "sonnet", 900_000, weekends=False
            ),
            Program("OpenAI", "proj_docs_search", "key_docs", "gpt-small", 700_000, weekends=False),
        ),
        seats=(SeatPlan("cursor_events", "Cursor", "Teams", "40"),),
    ),
    Plan(
        SampleCompany("Ombravo CRM", "crm_saas", "enterprise", 117),
        "ombravo",
        {
            "Engineering": 38,
            "Product": 9,
            "Support": 24,
            "Sales": 26,
            "Finance": 6,
            "Legal": 2,
            "Operations": 6,
        },
        joining=0.015,
        leaving=0.011,
        growth=1.07,
        breadth=(0.26, 0.70),
        tools=(
            Tool("github_billing", _CODERS, 0.44, 19_000, ("gpt", "sonnet")),
            Tool("chatgpt_users", _ALL | {"Engineering": 0.3}, 0.40, 0),
        ),
        programs=(
            Program(
                "OpenAI", "proj_lead_scoring", "key_leads", "gpt-small", 1_200_000, weekends=False
            ),
            Program("OpenAI", "proj_ticket_replies", "key_tickets", "gpt", 700_000),
        ),
        seats=(
            SeatPlan("github_billing", "GitHub", "Copilot Enterprise", "39"),
            SeatPlan("chatgpt_users", "OpenAI", "ChatGPT Enterprise", "60"),
        ),
    ),
    Plan(
        SampleCompany("Nimbaro Agents", "crm_saas", "AI-native", 30),
        "nimbaro",
        {"Engineering": 13, "Product": 3, "Support": 3, "Sales": 3, "Operations": 2},
        joining=0.024,
        leaving=0.011,
        growth=1.06,
        breadth=(0.80, 0.98),
        tools=(
            Tool("cursor_events", _CODERS, 0.40, 250_000, ("composer", "sonnet")),
            Tool("litellm_daily", _ALL, 0.34, 145_000, ("gpt", "gpt-small", "gemini")),
        ),
        programs=(
            Program("Anthropic", "Ticket agent", "ticket-agent", "sonnet", 1_100_000, gateway=True),
            Program(
                "Anthropic", "Outreach agent", "outreach-agent", "haiku", 600_000, gateway=True
            ),
        ),
        seats=(SeatPlan("cursor_events", "Cursor", "Teams", "40"),),
    ),
)

COMPANIES = tuple(plan.company for plan in PLANS)
