"""Small stores whose every figure can be worked out by hand.

Acme, two whole months. 14 people (8 Engineering, 6 Sales) each have one row on the first of the
month, and one of them a second on its last day: 15 rows of equal size a month. A row of 1000
input tokens has 100 output tokens, so it weighs 1000 + 5 × 100 = 1500 price-weighted tokens.

| | September | October |
|---|---|---|
| a row: input tokens, spend | 1000, 1.00 USD | 2000, 1.50 USD (1.00 before the correction) |
| price-weighted tokens | 15 × 1500 = 22,500 | 15 × 3000 = 45,000 |
| estimated usage | 15.00 USD | 22.50 USD (15.00) |
| seats | 10 × 20 = 200 USD | 12 × 20 = 240 USD |
| full cost | 215.00 USD | 262.50 USD (255.00) |
| employees | 20 | 20 |
| tokens per employee | 1,125 | 2,250 |
| cost per active person | 215 / 14 = 15.36 USD | 262.50 / 14 = 18.75 USD |
"""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from leverage import sample
from leverage.intake import staging
from tests.support import Desk, gateway, gateway_row, roster

ENGINEERING = [f"e{i}@acme.example" for i in range(8)]
SALES = [f"s{i}@acme.example" for i in range(6)]
PEOPLE = dict.fromkeys(ENGINEERING, "Engineering") | dict.fromkeys(SALES, "Sales")
HEADCOUNT = """month,department,role,employees
2026-09,Engineering,Engineering,12
2026-09,Sales,Sales,8
2026-10,Engineering,Engineering,12
2026-10,Sales,Sales,8
"""
SEATS = """month,vendor,plan,seats,price,currency
2026-09,OpenAI,Team,10,20,USD
2026-10,OpenAI,Team,12,20,USD
"""


def shared(
    tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]
) -> Path:
    """Return a data root that all workers of a run share: the first that asks for it makes it.

    Nobody may change it; whoever wants to copies it first.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared" / name
    folder.mkdir(parents=True, exist_ok=True)
    made, root = folder / "made", folder / "root"
    with FileLock(folder / "lock"):
        if not made.exists():
            root.mkdir()
            make(root)
            made.touch()
    return root


def month(name: str, last_day: str, tokens: int, spend: str) -> str:
    """Return the gateway's export of one month."""
    rows = [gateway_row(f"{name}-01", who, tokens=tokens, spend=spend) for who in PEOPLE]
    rows.append(gateway_row(f"{name}-{last_day}", ENGINEERING[0], tokens=tokens, spend=spend))
    return gateway(rows)


def two_months(root: Path) -> Desk:
    """Make the store of the table above; its newest version is October's correction."""
    desk = Desk(root)
    desk.load(roster("2026-09-01", PEOPLE), HEADCOUNT, SEATS)
    desk.load(month("2026-09", "30", 1000, "1.0"), account="gw")
    desk.load(month("2026-10", "31", 2000, "1.0"), account="gw")
    desk.load(month("2026-10", "31", 2000, "1.5"), account="gw")
    return desk


def one_month(root: Path) -> Desk:
    """Make a store of October alone, without roster, headcount and seats."""
    desk = Desk(root)
    desk.load(month("2026-10", "31", 2000, "1.5"), account="gw")
    return desk


def sample_part(root: Path) -> None:
    """Make a sample store of one company's last two months, from the sample's own files."""
    aside = Desk(root / "aside")
    files = [
        file
        for file in sample.write(aside.root / "files", months=2, scale=0.5)
        if file.company == "Kitsorra Tools"
    ]
    said = {(file.company, file.account, file.period) for file in files}
    for company, account, period in sorted(said, key=str):
        aside.load(
            *(
                aside.root / "files" / file.path
                for file in files
                if (file.company, file.account, file.period) == (company, account, period)
            ),
            company=company,
            account=account,
            period=staging.parse_period(period) if period else None,
        )
    (aside.root / "store").rename(root / "sample-store")


ALARMING_MONTHS = [f"2026-{number:02}" for number in range(4, 11)]
OCTOBER = "2026-10"


def alarming(root: Path) -> Desk:
    """Make a store in which every rule of the alerts holds in October 2026, and two in September.

    | | April to August | September | October |
    |---|---|---|---|
    | active of 40 employees | 30 | 30 | 15 |
    | usage | 30 × 20 = 600 USD | 30 × 30 = 900 USD | 15 × 80 = 1,200 USD |
    | 40 seats of 10 USD | 400 USD | 400 USD | 400 USD |
    | full cost, of a budget of 1,500 USD | 1,000 USD | 1,300 USD | 1,600 USD |
    | done again, of 100 pieces of work | 10 | 10 | 25 |
    | defects that escaped, of 100 accepted | 2 | 2 | 10 |
    | reviewed, of 100 that need it | 95 | 95 | 80 |
    | mean hours of 50 tickets | 10 | 10 | 13 |
    | use of people in the roster | 2 / 3 | 2 / 3 | 2 / 3 |
    """
    desk = Desk(root)
    people = [f"u{i}@acme.example" for i in range(30)]
    rows, heads, seats, budgets, outcomes = [], [], [], [], []
    for name in ALARMING_MONTHS:
        is_last = name == OCTOBER
        active = people[::2] if is_last else people
        spend = {"2026-09": "30", OCTOBER: "80"}.get(name, "20")
        rows += [gateway_row(f"{name}-01", who, tokens=1000, spend=spend) for who in active]
        heads.append(f"{name},Sales,Sales,40")
        seats.append(f"{name},OpenAI,Team,40,10,USD")
        budgets.append(f"{name},,,1500,USD")
        counted = {
            **dict.fromkeys(("completed", "accepted", "needs_review"), 100),
            "reworked": 25 if is_last else 10,
            "escaped_defects": 10 if is_last else 2,
            "reviewed": 80 if is_last else 95,
        }
        outcomes += [f"{name},,{metric},{value}," for metric, value in counted.items()]
        outcomes.append(f"{name},,resolution_hours,{13 if is_last else 10},50")
    listed = [who for i, who in enumerate(people) if i % 6 < 4]
    desk.load(
        roster("2026-04-01", dict.fromkeys(listed, "Sales")),
        "\n".join(["month,department,role,employees", *heads]) + "\n",
        "\n".join(["month,vendor,plan,seats,price,currency", *seats]) + "\n",
        "\n".join(["month,department,vendor,budget,currency", *budgets]) + "\n",
        "\n".join(["month,scope,metric,value,n", *outcomes]) + "\n",
    )
    desk.load(gateway(rows), account="gw", period=(date(2026, 4, 1), date(2026, 10, 31)))
    return desk
