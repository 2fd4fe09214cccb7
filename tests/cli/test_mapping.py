"""The mapping command: look at a file, save what its columns mean, show it, load by it."""

import json
import os
from pathlib import Path

import pytest
import yaml

from leverage import database
from leverage.__main__ import main
from tests.support import Desk

Said = pytest.CaptureFixture[str]
MAPPING = """
name: House gateway
columns:
  Tag: day
  Wer: person
  Tokens k: {field: input_tokens, unit: thousand tokens}
fixed: {vendor: openai}
"""
JUNE = "Tag,Wer,Tokens k\n2026-06-01,ada@acme.example,1.5\n2026-06-02,ben@acme.example,2\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return an empty data root."""
    return Desk(tmp_path)


def run(desk: Desk, *arguments: str | Path) -> int:
    """Run one command on the desk's data root."""
    return main([*map(str, arguments), "--data-root", str(desk.root)])


def test_a_scheduler_saves_a_mapping_and_loads_by_it(desk: Desk, capsys: Said) -> None:
    mapping = desk.file(MAPPING, "gateway.yaml")
    june = desk.file(JUNE, "june.csv")
    tried = ("load", june, "--company", "Acme", "--dry-run", "--mapping", mapping)
    assert run(desk, *tried) == 0
    assert "2 rows in = 2 taken" in capsys.readouterr().out
    assert run(desk, "load", june, "--company", "Acme") == 1
    assert run(desk, "mapping", "save", mapping, "--by", "Anna") == 0
    assert "“House gateway” is saved; data version 1" in capsys.readouterr().out
    assert run(desk, "mapping", "save", mapping) == 0
    assert "is saved so already" in capsys.readouterr().out
    assert run(desk, "load", june, "--company", "Acme", "--kind", "custom:House gateway") == 0
    assert "House gateway, Acme. 2 rows in = 2 taken" in capsys.readouterr().out
    assert desk.usage() == [("2026-06-01", 1500), ("2026-06-02", 2000)]


def test_what_was_saved_is_listed_and_shown_as_it_can_be_saved_again(
    desk: Desk, capsys: Said
) -> None:
    assert run(desk, "mapping", "list") == 0
    assert "No mapping was saved yet" in capsys.readouterr().out
    mapping = desk.file(MAPPING, "gateway.yaml")
    run(desk, "mapping", "save", mapping, "--company", "Acme", "--by", "Anna")
    capsys.readouterr()
    assert run(desk, "mapping", "list") == 0
    said = capsys.readouterr().out
    assert "House gateway: version 1 of " in said
    assert "by Anna, for Acme" in said
    assert run(desk, "mapping", "list", "--json") == 0
    assert json.loads(capsys.readouterr().out)[0]["signature"] == ["tag", "tokens k", "wer"]
    assert run(desk, "mapping", "show", "house gateway") == 0
    shown = capsys.readouterr().out
    assert yaml.safe_load(shown)["columns"] == yaml.safe_load(MAPPING)["columns"]
    again = desk.file(shown, "again.yaml")
    assert run(desk, "mapping", "save", again) == 0
    assert "is saved so already" in capsys.readouterr().out
    assert run(desk, "mapping", "show", "Nobody") == 1
    assert "Known: House gateway" in capsys.readouterr().err


def test_columns_are_told_without_the_values_of_people(desk: Desk, capsys: Said) -> None:
    assert run(desk, "mapping", "columns", desk.file(JUNE, "june.csv")) == 0
    said = capsys.readouterr().out
    assert "Tag: date, such as 2026-06-01, 2026-06-02; perhaps day" in said
    assert "Wer: addresses; perhaps person" in said
    assert "@" not in said


def test_looking_at_columns_spills_into_a_folder_of_its_own_process(desk: Desk) -> None:
    assert run(desk, "mapping", "columns", desk.file(JUNE, "june.csv")) == 0
    with database.workspace() as con:
        ((spilled,),) = con.execute("select current_setting('temp_directory')").fetchall()
    assert Path(spilled).parent.name.startswith(f"work-{os.getpid()}-")
    assert not list((desk.root / "staging").iterdir()), "it goes with the process"


def test_a_mapping_that_is_not_saved_stores_nothing(desk: Desk, capsys: Said) -> None:
    mapping = desk.file(MAPPING, "gateway.yaml")
    june = desk.file(JUNE, "june.csv")
    assert run(desk, "load", june, "--company", "Acme", "--mapping", mapping) == 2
    assert "only tries a mapping" in capsys.readouterr().err
    assert run(desk, "mapping", "save") == 2
    assert run(desk, "mapping", "columns", desk.root / "nothing.csv") == 1
    assert run(desk, "load", june, "--company", "Acme", "--kind", "custom:Nobody") == 1
    assert "There is no kind called “custom:Nobody”" in capsys.readouterr().err
