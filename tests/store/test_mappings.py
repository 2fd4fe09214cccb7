"""Mappings that people draw live in the store: saved by name, found again, undone, counted once."""

from pathlib import Path
from typing import Any

import pytest

from leverage.errors import ChangeRefused
from leverage.intake import described
from leverage.store import changes, mappings
from leverage.view import View
from tests.support import Desk, gateway, gateway_row

HEADER = "Tag,Wer,Tokens k,Cents"
TOLD: dict[str, Any] = {
    "name": "House gateway",
    "columns": {
        "Tag": "day",
        "Wer": "person",
        "Tokens k": {"field": "input_tokens", "unit": "thousand tokens"},
        "Cents": {"field": "billed_cost", "unit": "cents"},
    },
    "fixed": {"vendor": "openai", "currency": "USD"},
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return an empty data root."""
    return Desk(tmp_path)


def save(desk: Desk, by: str = "Anna", **told: Any) -> int | None:
    """Save the mapping above with other things said."""
    kept = described.parse({**TOLD, **told})
    return mappings.save(
        desk.store,
        name=kept.name,
        company=kept.company,
        spec=kept.spec,
        signature=kept.signature,
        family=kept.family,
        tokens_from=kept.tokens_from,
        is_foreign=kept.overlaps,
        by=by,
    )


def month(name: str, *thousands: float, cents: int = 150) -> str:
    """Return a house gateway's table: one line a day from the first on."""
    rows = [
        f"{name}-{day:02},u{day}@acme.example,{n},{cents}" for day, n in enumerate(thousands, 1)
    ]
    return "\n".join([HEADER, *rows]) + "\n"


def figures(desk: Desk) -> dict[str, Any]:
    """Return this period's headline."""
    asker = desk.asker()
    months = asker.months(View())["month"].to_list()
    rows = asker.ask("headline", View(months=(months[0], months[-1]))).frame
    return rows.row(0, named=True)


def test_the_next_months_file_is_known_by_its_header(desk: Desk) -> None:
    stage = desk.stage(month("2026-06", 1.5))
    assert stage.files[0].refused is not None
    assert save(desk) == 1
    desk.load(month("2026-06", 1.5, 2))
    (done,) = desk.load(month("2026-07", 3))
    assert done.group.kind == "custom:House gateway"
    assert desk.usage() == [("2026-06-01", 1500), ("2026-06-02", 2000), ("2026-07-01", 3000)]
    rows = desk.table("usage").to_dicts()
    assert {(row["vendor"], row["kind"], float(row["net_cost_usd"])) for row in rows} == {
        ("OpenAI", "custom:House gateway", 1.5)
    }
    assert all(row["actor"].startswith("p:") for row in rows)
    assert float(figures(desk)["billed_cost_usd"]) == 4.5


def test_who_saved_which_version_and_when_is_kept(desk: Desk) -> None:
    save(desk)
    assert save(desk) is None
    assert save(desk, by="Ben", dates="dmy") == 2
    rows = desk.table("mappings").sort("version").to_dicts()
    assert [(row["name"], row["version"], row["author"]) for row in rows] == [
        ("House gateway", 1, "Anna"),
        ("House gateway", 2, "Ben"),
    ]
    assert rows[0]["signature"] == ["cents", "tag", "tokens k", "wer"]
    log = desk.store.log().to_dicts()
    assert [(row["action"], row["loaded_by"]) for row in log] == [("edit", "Anna"), ("edit", "Ben")]
    assert log[1]["summary"] == "saves version 2 of the mapping “House gateway”"


def test_the_same_file_is_loaded_again_only_where_the_mapping_has_changed(desk: Desk) -> None:
    save(desk)
    path = desk.file(month("2026-06", 1.5))
    desk.load(path)
    (again,) = desk.load(path)
    assert again.preview is not None
    assert again.preview.already == 2
    columns = {**TOLD["columns"], "Tokens k": {"field": "input_tokens", "unit": "million tokens"}}
    save(desk, columns=columns)
    desk.load(path)
    assert desk.usage() == [("2026-06-01", 1_500_000)]


def test_a_load_under_a_mapping_is_undone_like_any_other(desk: Desk) -> None:
    save(desk)
    desk.load(month("2026-06", 1.5))
    desk.load(month("2026-06", 2, 2))
    changes.undo(desk.store, 3, "Anna")
    assert desk.usage() == [("2026-06-01", 1500)]
    changes.undo(desk.store, 2, "Anna")
    assert desk.usage() == []


def test_a_mapping_of_one_company_is_not_used_for_another(desk: Desk) -> None:
    save(desk, company="Acme")
    assert desk.stage(month("2026-06", 1), company="Borel").files[0].refused is not None
    assert desk.stage(month("2026-06", 1), company="acme").files[0].refused is None
    assert save(desk, name="Theirs", company="Borel") is not None


def test_two_names_for_one_header_are_refused(desk: Desk) -> None:
    save(desk)
    with pytest.raises(ChangeRefused, match="“House gateway” knows files with these columns"):
        save(desk, name="Another")
    assert save(desk, name="HOUSE GATEWAY", dates="mdy") == 2


def test_use_that_the_vendors_own_exports_hold_too_counts_once(desk: Desk) -> None:
    """The report of a gateway stands back on the days of the vendor's own export, and no others."""
    save(desk, overlaps=True)
    desk.load(month("2026-06", 1, 2))
    own = described.parse({**TOLD, "name": "Own", "columns": {**TOLD["columns"], "Org": "account"}})
    mappings.save(
        desk.store,
        name=own.name,
        company=None,
        spec=own.spec,
        signature=own.signature,
        family=own.family,
        tokens_from=own.tokens_from,
        is_foreign=own.overlaps,
        by="Anna",
    )
    lines = month("2026-06", 5, cents=700).splitlines()
    desk.load("\n".join([f"{lines[0]},Org", f"{lines[1]},org-1"]) + "\n")
    # The first of June from the vendor's own export, the second from the gateway.
    assert float(figures(desk)["billed_cost_usd"]) == 7 + 1.5


def test_what_counts_is_counted_anew_when_a_mapping_says_otherwise(desk: Desk) -> None:
    save(desk, overlaps=True)
    desk.load(month("2026-06", 1), account="one")
    desk.load(gateway([gateway_row("2026-06-01", spend="9.0")]), account="gw")

    def counted() -> dict[str, int | None]:
        return dict(desk.table("source_month").select("kind", "counted_tokens").rows())

    # Two gateways of one vendor: the later of them counts for tokens, 100 in and 10 out.
    assert counted() == {"custom:House gateway": None, "litellm_daily": 110}
    assert float(figures(desk)["billed_cost_usd"]) == 1.5
    save(desk, overlaps=False)
    # As the vendor's own export it goes before a gateway.
    assert counted() == {"custom:House gateway": 1000, "litellm_daily": None}
    assert float(figures(desk)["billed_cost_usd"]) == 1.5


def test_the_event_of_another_source_goes_when_a_mapping_makes_that_source_count_again(
    desk: Desk,
) -> None:
    save(desk, overlaps=True)
    desk.load(month("2026-05", 1), account="one")
    desk.load(month("2026-06", 1), account="one")
    desk.load(gateway([gateway_row("2026-06-01", spend="9.0")]), account="gw")

    def events() -> list[tuple[str, str]]:
        rows = desk.table("events").rows(named=True)
        return [(row["day"].isoformat(), row["event_kind"]) for row in rows]

    # Of two gateways of one vendor the later counts for June's tokens.
    assert events() == [("2026-06-01", "source")]
    # As the vendor's own export the house gateway counts in June as it did in May.
    save(desk, overlaps=False)
    assert events() == []


def test_a_file_without_an_account_takes_the_one_its_vendor_is_known_by(desk: Desk) -> None:
    save(desk)
    desk.load(month("2026-06", 1), account="org-1")
    desk.load(month("2026-07", 1))
    assert set(desk.table("usage")["account"]) == {"org-1"}


def test_an_older_data_version_knows_the_kinds_it_held(desk: Desk) -> None:
    save(desk)
    desk.load(month("2026-06", 1))
    save(desk, name="House gateway", overlaps=True)
    asker = desk.asker(2)
    rows = asker.ask("headline", View(months=("2026-06", "2026-06"))).frame
    assert float(rows["billed_cost_usd"][0]) == 1.5
