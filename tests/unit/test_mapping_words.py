"""Mappings that people draw: what is refused in words, and what columns are guessed to mean."""

import json
from pathlib import Path
from typing import Any

import pytest

from leverage import database
from leverage.errors import FileRefused
from leverage.intake import columns, described, formats, kinds
from leverage.queries import get

GATEWAY: dict[str, Any] = {
    "name": "House gateway",
    "columns": {
        "Date": "day",
        "Who": "person",
        "In": {"field": "input_tokens", "unit": "tokens"},
        "Paid": {"field": "billed_cost", "unit": "cents"},
    },
    "fixed": {"vendor": "openai", "currency": "USD"},
}


def changed(**told: Any) -> dict[str, Any]:
    """Return the mapping above with other things said."""
    return {**GATEWAY, **told}


def columns_with(**told: Any) -> dict[str, Any]:
    """Return the mapping above with other columns; None takes one out."""
    held = {**GATEWAY["columns"], **told}
    return changed(columns={name: entry for name, entry in held.items() if entry is not None})


@pytest.mark.parametrize(
    ("told", "title"),
    [
        (columns_with(Date=None), "The mapping does not say which column holds the date"),
        (columns_with(Date="period_start"), "A period needs its first and its last day"),
        (columns_with(Month="month"), "Several columns say when it was"),
        (columns_with(In=None, Paid=None), "The mapping does not say which column holds an amount"),
        (columns_with(User="person"), "Two columns are said to hold the same: Who and User"),
        (columns_with(In="input_tokens"), "The unit of column In is missing"),
        (columns_with(Paid={"field": "billed_cost"}), "The unit of column Paid is missing"),
        (
            columns_with(In={"field": "input_tokens", "unit": "cents"}),
            "“cents” is no unit of column In",
        ),
        (columns_with(Who={"field": "person", "unit": "k"}), "Column Who takes no unit"),
        (
            columns_with(All={"field": "total_tokens", "unit": "tokens"}),
            "Two columns hold the same tokens",
        ),
        (columns_with(Who="user"), "“user” is nothing that column Who can mean"),
        (
            columns_with(In={"field": "input_tokens", "unit": "tokens", "scale": 2}),
            "The mapping says something of column In that is not known",
        ),
        (changed(colour="red"), "The mapping says something that is not known"),
        (changed(name=" "), "The mapping needs a name"),
        (changed(name="x" * 61), "The mapping needs a name"),
        (changed(columns=[]), "The mapping names no columns"),
        (changed(dates="ymd"), "“ymd” is not known for dates"),
        (changed(decimal=","), "“,” is not known for decimal"),
        (changed(overlaps="no"), "“no” is not known for overlaps"),
        (changed(fixed={"currency": "USD"}), "The mapping does not say whose AI it is"),
        (
            changed(fixed={"vendor": "OpenAI"}),
            "The mapping does not say in which currency the money is",
        ),
        (changed(fixed={"vendor": "OpenAI", "currency": "Euro"}), "“Euro” is no currency"),
        (
            changed(fixed={**GATEWAY["fixed"], "surface": "desk"}),
            "“desk” is no surface",
        ),
        (
            changed(fixed={**GATEWAY["fixed"], "person": "Ada"}),
            "person cannot be one value for all lines",
        ),
        (
            changed(fixed={**GATEWAY["fixed"], "account": "ada@acme.example"}),
            "The value of account holds an address of a person",
        ),
        (changed(fixed={**GATEWAY["fixed"], "account": 7}), "The value of account is no text"),
        (columns_with(Units="credits"), "The mapping does not say what a credit is"),
        (columns_with(Vendor="vendor"), "vendor is said twice"),
        (
            {
                **columns_with(Paid={"field": "list_cost", "unit": "whole"}),
                "fixed": {"vendor": "OpenAI", "currency": "EUR"},
            },
            "Money in EUR that was not billed counts nowhere",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_mapping_that_makes_no_sense_is_refused_in_words(
    told: dict[str, Any], title: str
) -> None:
    with pytest.raises(FileRefused) as caught:
        described.parse(told)
    assert caught.value.title == title
    assert caught.value.next_step


def test_a_file_that_is_no_mapping_is_refused_by_name(tmp_path: Path) -> None:
    for text, said in (("- a\n- b", "is not a mapping"), ("{a: [", "cannot be read")):
        path = tmp_path / "mapping.yaml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(FileRefused, match=r"mapping\.yaml") as caught:
            described.read(path)
        assert said in caught.value.title


def test_a_fixed_vendor_shares_that_vendors_accounts_and_a_column_of_vendors_does_not() -> None:
    one = described.parse(GATEWAY)
    assert (one.family, one.overlaps) == ("OpenAI", False)
    several = described.parse({**columns_with(Provider="vendor"), "fixed": {"currency": "USD"}})
    assert (several.family, several.overlaps) == ("custom:House gateway", True)
    assert described.parse(changed(overlaps=True)).family == "custom:House gateway"


def test_a_mapping_is_written_as_it_can_be_read_again() -> None:
    told = described.parse(columns_with(Note="drop"))
    again = described.parse(told.written())
    assert again == told
    assert list(told.written()["columns"]) == ["Date", "Who", "In", "Paid", "Note"]


def test_what_decides_how_a_file_is_read_is_a_part_of_the_mappings_digest() -> None:
    digest = described.parse(GATEWAY).kind.mapping
    assert described.parse(changed(name="Another", company="Acme")).kind.mapping == digest
    in_whole = columns_with(Paid={"field": "billed_cost", "unit": "whole"})
    assert described.parse(in_whole).kind.mapping != digest


def test_every_field_is_a_column_of_the_query_and_every_column_a_field() -> None:
    assert list(get("intake", "custom").header["columns"]) != []
    assert set(get("intake", "custom").header["columns"]) == set(described.FIELDS)


def test_a_larger_signature_wins_among_described_kinds() -> None:
    small = described.parse(columns_with(Who=None, Paid=None)).kind
    large = described.parse(changed(name="Whole gateway")).kind
    found = kinds.recognise(
        ["Date", "Who", "In", "Paid"], None, described={k.name: k for k in (small, large)}
    )
    assert found.name == "custom:Whole gateway"


# ---- guesses -----------------------------------------------------------------------------------


def looked_at(path: Path, text: str) -> dict[str, columns.Seen]:
    """Return what is seen of the columns of a file."""
    path.write_text(text, encoding="utf-8")
    with database.workspace() as con:
        (raw,) = formats.read(con, path, path.name)
        flat = formats.flatten(con, raw, None) if raw.is_nested else raw
        return {seen.name: seen for seen in columns.look(con, flat)}


def test_columns_are_guessed_from_their_names_and_what_they_hold(tmp_path: Path) -> None:
    text = (
        "Datum;Benutzer;Anbieter;Modell;promptTokens (k);completionTokens;Kosten USD;Ticket\n"
        "13.06.2026;ada@acme.example;OpenAI;gpt-5;1,5;20;0,75;T-1\n"
        "14.06.2026;ben@acme.example;OpenAI;gpt-5;2;30;1,25;T-2\n"
        "Summe;;;;3,5;50;2,00;\n"
    )
    seen = looked_at(tmp_path / "a.csv", text)
    assert {name: column.field for name, column in seen.items()} == {
        "Datum": "day",
        "Benutzer": "person",
        "Anbieter": "vendor",
        "Modell": "model",
        "promptTokens (k)": "total_input_tokens",
        "completionTokens": "output_tokens",
        "Kosten USD": "billed_cost",
        "Ticket": None,
    }
    assert seen["Datum"].dates == "dmy"
    assert seen["promptTokens (k)"].unit("total_input_tokens") == "thousand tokens"
    assert seen["completionTokens"].unit("output_tokens") == "tokens"
    assert seen["Kosten USD"].unit("billed_cost") == "whole"
    assert seen["Kosten USD"].has_decimal_commas


def test_no_value_of_a_column_that_can_name_people_is_shown(tmp_path: Path) -> None:
    rows = [{"user_name": "Ada", "mail": "ada@acme.example", "said": "x" * 300, "n": 5}]
    seen = looked_at(tmp_path / "a.json", json.dumps(rows))
    assert [column.examples for column in seen.values()] == [(), (), (), ("5",)]
    assert [column.holds for column in seen.values()] == [
        "text",
        "addresses",
        "long text",
        "number",
    ]


def test_a_unit_nothing_tells_is_not_guessed(tmp_path: Path) -> None:
    seen = looked_at(tmp_path / "a.csv", "date,tokens,amount\n2026-06-01,1.5,1250\n")
    assert seen["tokens"].unit("total_tokens") is None
    assert seen["amount"].unit("billed_cost") is None
