"""What every .sql file and reference table must say of itself."""

import re
from pathlib import Path

import duckdb
import pytest
import yaml

from leverage import database, queries
from leverage.ask import WHOLE_COMPANIES
from leverage.intake.kinds import kinds, recognise
from tools import sources

ROOT = Path(__file__).parents[2]
FILES = sorted(queries.FOLDER.rglob("*.sql"))
FOLDERS = sorted({path.parent.name for path in FILES})
# Macros answer nothing by themselves; every other statement gives rows of one grain.
WITHOUT_GRAIN = {"macros", "metrics", "intake"}
METRIC_KEYS = {"label", "unit", "format", "formula", "null_rule", "caveat"}


def _id(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", FILES, ids=_id)
def test_a_header_says_its_grain_and_what_it_is(path: Path) -> None:
    header = queries.read(path).header
    folder = path.parent.name
    if folder == "metrics":
        assert header.keys() >= METRIC_KEYS, f"{path.name} lacks {METRIC_KEYS - header.keys()}"
        return
    assert header.get("title"), f"{path.name} has no title"
    if folder not in WITHOUT_GRAIN:
        assert str(header.get("grain", "")).startswith(("one row", "the grain")), path.name
    if folder not in ("checks", "exports"):
        assert header.get("meaning"), f"{path.name} does not say what it means"


@pytest.mark.parametrize("path", FILES, ids=_id)
def test_declared_parameters_are_the_used_ones(path: Path) -> None:
    query = queries.read(path)
    assert set(query.header.get("parameters", [])) == query.parameters


def test_stems_of_questions_are_unique_names() -> None:
    names = [path.stem for path in FILES if path.parent.name == "questions"]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z][a-z_]*", name) for name in names)


def _code() -> str:
    places = [ROOT / "app.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "leverage").rglob("*.py")]
    return "\n".join(path.read_text(encoding="utf-8") for path in places if path.is_file())


@pytest.mark.parametrize("path", FILES, ids=_id)
def test_every_query_is_asked_by_a_page_a_command_or_another_query(path: Path) -> None:
    if path.parent.name in ("exports", "tables", "checks", "questions", "metrics"):
        asked_for = f'folder("{path.parent.name}")'
        if path.parent.name == "questions":
            # The command line can ask any of them; a page or the asker must want it too.
            assert f'"{path.stem}"' in _code(), f"no page and no command asks {path.stem}"
        elif path.parent.name == "metrics":
            sql = "\n".join(other.read_text(encoding="utf-8") for other in FILES if other != path)
            worked_out_in = queries.read(path).header.get("worked_out_in")
            if worked_out_in is None:
                assert f"{path.stem}(" in sql, f"no query uses the metric {path.stem}"
            else:
                assert (ROOT / worked_out_in).is_file()
        else:
            assert asked_for in _code() or path.parent.name == "tables"
        return
    others = "\n".join(other.read_text(encoding="utf-8") for other in FILES if other != path)
    named = re.search(rf"\b{path.stem}\b", others) or f'"{path.stem}"' in _code()
    built = re.match(r"as_(\w+)", path.stem) and path.parent.name == "macros"
    assert named or built, f"nothing asks {path.parent.name}/{path.stem}"


def test_questions_read_people_only_through_the_relations_that_pool_them() -> None:
    """A question that read cube_month's own department would show what may not be shown."""
    for path in FILES:
        if path.parent.name != "questions":
            continue
        sql = re.sub(r"--.*", "", path.read_text(encoding="utf-8"))
        if re.search(r"\bfrom user_month\b|\bjoin user_month\b|\bfrom people\b(?!\))", sql):
            assert path.stem in {"headline", "headline_by_month"}, path.stem
            assert "select bool_or(true) from people" in sql
        reads_single_people = re.search(
            r"\b(?:people_of_companies|people_by_group|twelve_weeks)\b|sum\(person_days\)", sql
        )
        header = queries.read(path).header
        assert bool(reads_single_people) == (header.get("scope") == WHOLE_COMPANIES), path.stem
        if reads_single_people:
            narrowing = {"departments", "roles", "vendors", "models"}
            assert not narrowing & set(header["parameters"]), path.stem
        if re.search(r"\bcube_month\b", sql):
            columns = re.findall(r"(?<![_\w'])(?:department|role)(?![_\w'])", sql)
            assert not columns, f"{path.stem} reads a department that was not pooled"


@pytest.mark.parametrize("path", sorted((ROOT / "data" / "reference").glob("*.csv")), ids=_id)
def test_a_reference_table_has_its_source(path: Path) -> None:
    described = path.with_suffix(".meta.yml")
    assert described.is_file(), f"{path.name} has no {described.name}"
    meta = yaml.safe_load(described.read_text(encoding="utf-8"))
    assert {"title", "meaning", "source", "date", "unit", "licence"} <= meta.keys()


@pytest.mark.parametrize("name", list(queries.folder("exports")))
def test_a_kind_says_how_to_export_it_and_names_known_types(name: str) -> None:
    header = queries.get("exports", name).header
    types = {"text", "person", "personal", "count", "number", "money"} | {
        "day",
        "time",
        "epoch",
        "month",
        "flag",
    }
    assert header["table"] in queries.folder("tables")
    assert header["how"]
    assert header["source"]
    assert set(header["columns"].values()) <= types
    assert {name.lower() for name in header["signature"]} <= {
        str(column).lower() for column in header["columns"]
    }


def test_a_header_without_yaml_is_refused_by_name(tmp_path: Path) -> None:
    bad = tmp_path / "bad_header.sql"
    bad.write_text("-- only words\nselect 1", encoding="utf-8")
    with pytest.raises(ValueError, match=r"bad_header\.sql"):
        queries.read(bad)


def test_two_statements_in_a_file_are_refused(tmp_path: Path) -> None:
    bad = tmp_path / "two_statements.sql"
    bad.write_text("-- title: two\nselect 1; select 2", encoding="utf-8")
    with pytest.raises(ValueError, match=r"two_statements\.sql.*found 2"):
        queries.read(bad).bind({})


def test_every_macro_can_be_defined() -> None:
    with database.workspace() as con:
        assert con.sql("select weighted_tokens(100, 800, 40, 20)").fetchall() == [(330,)]


def test_a_macro_that_cannot_be_defined_says_why(tmp_path: Path) -> None:
    bad = tmp_path / "hopeless.sql"
    bad.write_text("-- title: x\ncreate macro hopeless(x) as nowhere(x)", encoding="utf-8")
    with duckdb.connect() as con, pytest.raises(duckdb.CatalogException, match="nowhere"):
        database.define(con, [queries.read(bad)])


@pytest.mark.parametrize("name", [name for name, kind in kinds().items() if kind.template])
def test_a_template_holds_the_columns_that_give_its_kind_away(name: str) -> None:
    kind = kinds()[name]
    assert set(kind.template) <= set(kind.columns)
    assert kind.signature <= {column.lower() for column in kind.template}
    assert recognise(tuple(kind.template), None).name == name


def test_the_readme_lists_every_kind_as_its_header_has_it() -> None:
    text = sources.README.read_text(encoding="utf-8")
    assert sources.written(text) == text, "run python -m tools.sources"
