"""The rules that an analyst of each invented company wrote: for most of the use, not all of it."""

from leverage.rules import Rule
from leverage.sample.companies import COMPANIES

WORK = {
    "Zorvane Telecom": (
        ("Network triage", "decisioning", "1", (("workspace", "Network triage"),)),
        ("Assist lab", "mediation", "1", (("workspace", "Assist lab"),)),
        ("Coding agent", "generation", "2", (("tags", "coding_agent*"),)),
        ("Software development", "generation", "1", (("kind", "github_billing"),)),
        ("Desk questions", "retrieval", "0", (("kind", "litellm_daily"),)),
    ),
    "Tramello Market": (
        ("Fraud review", "decisioning", "1", (("workspace", "*fraud?review"),)),
        ("Catalogue search", "retrieval", "2", (("workspace", "*catalogue?search"),)),
        ("Checkout help", "mediation", None, (("workspace", "*checkout?help"),)),
        ("Software development", "generation", "1", (("kind", "cursor_events"),)),
    ),
    "Pellumo Health": (
        ("Care notes", "summarisation", "1", (("workspace", "Care notes"),)),
        ("Claims triage", "decisioning", "1", (("workspace", "Claims triage"),)),
    ),
    "Kitsorra Tools": (
        ("Bug triage", "debugging", "2", (("workspace", "Bug triage"),)),
        ("Releases", "reasoning", "3", (("workspace", "Release agent"),)),
        ("Docs search", "retrieval", "2", (("workspace", "*docs?search"),)),
        ("Coding agent", "debugging", "2", (("tags", "cloud_agent*"),)),
        ("Software development", "generation", "1", (("surface", "ide"),)),
    ),
    "Ombravo CRM": (
        ("Lead scoring", "decisioning", "2", (("workspace", "*lead?scoring"),)),
        ("Ticket replies", "mediation", "1", (("workspace", "*ticket?replies"),)),
        ("Software development", "generation", "1", (("kind", "github_billing"),)),
    ),
    "Nimbaro Agents": (
        ("Tickets", "mediation", "3", (("workspace", "Ticket agent"), ("service", "ticket*"))),
        ("Outreach", "generation", "2", (("workspace", "Outreach agent"),)),
        ("Software development", "generation", "1", (("kind", "cursor_events"),)),
    ),
}
"""By company: workflow, its class, its level of autonomy, the fields and patterns that tell it.

They are numbered in this order, so the first that fits a row is its workflow. One level is left
open; ChatGPT, and what people of Tramello and Nimbaro ask through the gateway, is in no workflow.
"""

FAMILIES = (
    ("job_title", "Engineering lead", "Engineering leadership"),
    ("job_title", "Support lead", "Support leadership"),
    ("role", "Product", "Product and operations"),
    ("role", "Operations", "Product and operations"),
    ("role", "Support", "Support"),
    ("role", "Sales", "Sales"),
    ("role", "Finance", "Back office"),
    ("role", "Legal", "Back office"),
)
"""Field, pattern and role family, the same in every company; other departments' leads are in none.
"""

ENGINEERS = {"enterprise": "Engineers", "AI-native": "Founders and early engineers"}
"""The role family of those who write software, by the company's origin."""


def rules() -> list[Rule]:
    """Return the rules of all companies."""
    return [rule for company in WORK for rule in (*_of_work(company), *_of_people(company))]


def _of_work(company: str) -> list[Rule]:
    found = []
    for place, (workflow, work_class, level, told_by) in enumerate(WORK[company], start=1):
        found += [
            Rule(company, "workflow", field, pattern, workflow, 10 * place)
            for field, pattern in told_by
        ]
        if work_class is not None:
            found.append(Rule(company, "workload_class", "workflow", workflow, work_class))
        if level is not None:
            found.append(Rule(company, "autonomy", "workflow", workflow, level))
    return found


def _of_people(company: str) -> list[Rule]:
    (origin,) = (one.origin for one in COMPANIES if one.name == company)
    return [
        Rule(company, "role_family", field, pattern, family)
        for field, pattern, family in (*FAMILIES, ("role", "Software", ENGINEERS[origin]))
    ]
