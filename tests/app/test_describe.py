"""Describing a file that no kind knows: tried on the page, saved by name, known from then on."""

import time
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.test_data_page import (
    acme,
    finished,
    handed_in,
    introduced,
    nothing_loaded,
    said,
    submit,
)
from tests.support import Desk

__all__ = ["acme", "nothing_loaded"]

Open = Callable[..., AppTest]
HEADER = "Datum;Nutzer;Anbieter;Modell;Eingabe (Tsd.);Ausgabe;Kosten EUR;Bemerkung"
JUNE = f"""{HEADER}
13.06.2026;ada@acme.example;openai;gpt-5;1,5;50;0,75;a
14.06.2026;ben@acme.example;openai;gpt-5;2;50;1,25;b
Summe;;;;3,5;100;2,00;
"""
JULY = f"{HEADER}\n01.07.2026;ada@acme.example;openai;gpt-5;3;10;1,00;c\n"


def described(app: AppTest) -> AppTest:
    """Open the description of the only file, and wait until it was tried."""
    next(box for box in app.toggle if box.label == "Describe its columns").set_value(True).run()
    return tried(app)


def tried(app: AppTest) -> AppTest:
    """Run the page until the mapping in it was tried, where it makes sense."""
    deadline = time.monotonic() + 90
    while "Trying it on the file" in said(app):
        assert time.monotonic() < deadline, said(app)
        time.sleep(0.3)
        app.run()
    assert not app.exception, app.exception
    return app


def meaning(app: AppTest, column: str) -> str:
    """Return what the page takes a column for."""
    return str(next(box for box in app.selectbox if box.label == f"What {column} holds").value)


def mean(app: AppTest, column: str, field: str) -> AppTest:
    """Say what a column holds, and wait until that was tried."""
    box = next(box for box in app.selectbox if box.label == f"What {column} holds")
    return tried(box.set_value(field).run())


@pytest.fixture
def page(open_page: Open, acme: Desk) -> AppTest:
    """Return the page with a file of June that no kind knows, its columns described."""
    app = introduced(open_page(acme.root, "data"))
    handed_in(app, ("gateway-2026-06.csv", JUNE.encode()))
    assert "or describe its columns below" in said(app)
    return described(app)


def test_a_file_is_described_tried_saved_loaded_and_known_the_next_month(
    page: AppTest, acme: Desk
) -> None:
    assert meaning(page, "Nutzer") == "person"
    assert meaning(page, "Eingabe (Tsd.)") == "total_input_tokens"
    text = said(page)
    assert "ada@acme.example" not in text
    assert "This makes 3 lines = 2 taken + 0 set aside + 1 rejected" in text
    assert "3.6 k tokens" in text
    assert acme.table("mappings").is_empty()
    submit(page, "Save and check the file again")
    finished(page)
    text = said(page)
    assert "Gateway of Acme, 13 to 14 June 2026" in text
    submit(page, "Load 1 file")
    finished(page)
    assert sorted(acme.usage()) == [("2026-06-13", 1500), ("2026-06-14", 2000)]
    (row,) = acme.table("mappings").to_dicts()
    assert (row["name"], row["company"], row["author"]) == ("Gateway", "Acme", "Anna Keller")
    handed_in(page, ("july.csv", JULY.encode()))
    assert "Gateway of Acme, 1 July 2026" in said(page)


def test_what_is_still_open_is_said_and_nothing_can_be_saved(page: AppTest) -> None:
    mean(page, "Datum", "keep")
    assert "Still open: The mapping does not say which column holds the date." in said(page)
    assert not [button for button in page.button if button.label.startswith("Save and check")]
    mean(page, "Datum", "day")
    mean(page, "Modell", "vendor")
    assert "Two columns are said to hold the same: Anbieter and Modell" in said(page)


def test_people_in_another_place_than_the_person_are_refused_at_the_try(page: AppTest) -> None:
    mean(page, "Nutzer", "workspace")
    text = said(page)
    assert "hashed, or leave it out" in text
    assert "ada@" not in text
