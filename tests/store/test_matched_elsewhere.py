"""What was done where nobody was left out is held against other companies, in view or not."""

from datetime import date

import polars as pl
import pytest

from leverage import figures
from leverage.ask import Asker
from leverage.figures import leverage as leverage_page
from leverage.figures import roi as roi_page
from leverage.figures.effects import interventions
from leverage.view import View, shift
from tests.support import Desk, gateway, gateway_row

MONTH, START = "2026-10", "2026-07"
MONTHS = [shift(MONTH, place - 7) for place in range(8)]
ACME, BOLT = (View(company=(name,), months=(MONTH, MONTH)) for name in ("Acme", "Bolt"))
OWN = (20.0, 22.0, 24.0, 26.0, 28.0)
"""Hours of Acme's five teams before; each of them loses 4, the last 5."""
ALIKE = (28.2, 20.1, 24.3, 22.2, 26.1)
"""Hours of five teams of Bolt before, in another order; each loses 1, and five others 30."""
FAR = (80.0, 82.0, 84.0, 86.0, 88.0)


def outcomes(company: str) -> str:
    """Return the hours of a company's teams by month."""
    rows = ["month,company,scope,workflow,metric,value,n"]
    for month in MONTHS:
        after = month >= START
        for place, hours in enumerate(OWN if company == "Acme" else (*ALIKE, *FAR)):
            if company == "Acme":
                scope, lost = f"Support {place}", 5 if place == 4 else 4
            else:
                scope, lost = f"Care {place}", 1 if place < len(ALIKE) else 30
            rows.append(f"{month},{company},{scope},,resolution_hours,{hours - lost * after},10")
    return "\n".join(rows) + "\n"


def done(company: str, day: str) -> str:
    """Return an event file: what was done to a department of a company."""
    department = "Support" if company == "Acme" else "Care"
    return (
        "date,company,event,event_kind,vendor,department\n"
        f"{day},{company},Runbooks,intervention,,{department}\n"
    )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Load eight months of two companies with one department each, and their outcomes."""
    desk = Desk(tmp_path_factory.mktemp("matched"))
    for company, department in (("Acme", "Support"), ("Bolt", "Care")):
        use = [gateway_row(f"{month}-05", f"a@{company.lower()}.example") for month in MONTHS]
        period = (date(2026, 3, 1), date(2026, 10, 31))
        desk.load(gateway(use), company=company, account=f"gw {company}", period=period)
        heads = [f"{month},{company},{department},50" for month in MONTHS]
        desk.load("\n".join(["month,company,department,employees", *heads]) + "\n", company=company)
    desk.load(done("Acme", f"{START}-01"), outcomes("Acme"), company="Acme")
    return desk


def beside(desk: Desk, root: pytest.TempPathFactory, *of_bolt: str) -> Asker:
    """Return the store with more of Bolt's files."""
    copy = desk.copy(root.mktemp("more"))
    copy.load(*of_bolt, company="Bolt")
    return copy.asker()


def measured(asker: Asker, view: View = ACME) -> pl.DataFrame:
    """Return what “Does it pay?” says was measured."""
    found = roi_page.workflows(lambda question: asker.ask(question, view))
    assert found is not None
    assert isinstance(found.measured, figures.Table), found.measured
    return found.measured.rows


def test_a_company_looked_at_alone_is_matched_with_teams_of_the_others(
    desk: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    found = beside(desk, tmp_path_factory, outcomes("Bolt"))
    (row,) = measured(found).rows(named=True)
    # Five pairs: −3 four times and −4 once. The mean is −3.2, their deviation √(0.8 ÷ 4), so that
    # the standard error is 0.2 and the interval ± 2.776 × 0.2.
    assert row["Effect"] == "−3.2 h (−3.8 h to −2.6 h)"
    assert row["Design"].startswith(
        "matched before-after, 5 against 5 teams of other companies most alike before, SE 0.2 h"
    )
    assert row["Rung of evidence, put down to AI"].startswith("E3, ")
    page = leverage_page.outcomes(lambda question: found.ask(question, ACME))
    assert page is not None
    assert isinstance(page.effects, figures.Table)
    (line,) = page.effects.rows.rows(named=True)
    assert (line["Company"], line["Effect"]) == ("Acme", row["Effect"])
    # What is drawn is the company in view alone.
    assert page.finding.endswith("of Acme beside use")
    assert {effect.is_in_view for effect in interventions(lambda q: found.ask(q, BOLT))} == {False}


def test_what_was_done_elsewhere_is_no_effect_of_this_company_and_rules_a_match_out(
    desk: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    found = beside(desk, tmp_path_factory, outcomes("Bolt"), done("Bolt", "2026-08-01"))
    (row,) = measured(found).rows(named=True)
    assert row["Rung of evidence, put down to AI"].startswith("E4, ")
    assert row["Design"].startswith("before-after, 4 months each, 5 teams")


def test_where_nobody_else_hands_in_the_outcome_it_is_before_and_after(desk: Desk) -> None:
    found = desk.asker()
    (row,) = measured(found).rows(named=True)
    assert row["Rung of evidence, put down to AI"].startswith("E4, ")
    told = roi_page.workflows(lambda question: found.ask(question, BOLT))
    assert told is not None
    assert isinstance(told.measured, figures.Hidden)
    assert told.measured.reason.startswith("No intervention is logged in these months")
