"""Sector, origin and size filter companies by what they are."""

import pytest

from leverage.ask import Asker
from leverage.store import changes
from leverage.view import View
from tests.support import Desk, gateway, gateway_row

HEADCOUNT = "month,department,role,employees"


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory) -> Asker:
    """Return a store of three companies, of which one was never described."""
    desk = Desk(tmp_path_factory.mktemp("traits"))
    for company, tokens in (("Acme", 100), ("Borel", 200), ("Cantor", 400)):
        desk.load(
            gateway([gateway_row("2026-10-01", tokens=tokens)]),
            account="gw",
            company=company,
        )
    for company, origin, sector, employees in (
        ("Acme", "AI-native", "telecom", 40),
        ("Borel", "enterprise", "telecom", 260),
    ):
        changes.describe_company(
            desk.store, company, sector=sector, origin=origin, employees=employees, by="Anna"
        )
    desk.load(f"{HEADCOUNT}\n2026-09,Sales,Seller,70\n2026-10,Sales,Seller,120\n", company="Acme")
    return desk.asker()


@pytest.mark.parametrize(
    ("view", "companies"),
    [
        (View(), None),
        (View(sector=("Telecom",)), ["Acme", "Borel"]),
        (View(sector=("Other",)), ["Cantor"]),
        (View(origin=("unknown",)), ["Cantor"]),
        (View(sector=("Telecom",), origin=("enterprise",)), ["Borel"]),
        # The newest headcount goes before what was stated.
        (View(size=("50 to 249",)), ["Acme"]),
        (View(size=("250 to 999", "unknown")), ["Borel", "Cantor"]),
        (View(company=("Acme",), origin=("enterprise",)), []),
    ],
)
def test_companies_are_found_by_what_they_are(
    asker: Asker, view: View, companies: list[str] | None
) -> None:
    assert asker.companies(view) == companies


def test_a_filter_by_sector_is_one_by_its_companies(asker: Asker) -> None:
    months = ("2026-10", "2026-10")
    by_sector = asker.ask("headline", View(months=months, sector=("Telecom",), tokens="raw"))
    assert by_sector.frame["tokens"].to_list() == [110 + 220]


def test_traits_that_no_company_has_show_nothing_rather_than_everything(asker: Asker) -> None:
    view = View(months=("2026-10", "2026-10"), company=("Acme",), origin=("enterprise",))
    assert asker.ask("headline", view).frame["tokens"].drop_nulls().is_empty()
