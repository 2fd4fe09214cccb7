"""Read a .sql file and its header, and know which parameters it uses.

Every statement the product runs stands in one file under queries/: a header of `-- ` comment lines
that is one YAML mapping, then one statement with DuckDB's own `$name` parameters. Nothing is ever
inserted into the text.
"""

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import duckdb
import yaml

from leverage.errors import QuestionUnknown

# libyaml's where PyYAML was built with it: ten times faster, and every process begins by reading
# all headers.
SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FOLDER = Path(__file__).parents[1] / "queries"


@dataclass(frozen=True)
class Query:
    """One .sql file: its stem, the folder it stands in, its header and its text."""

    name: str
    folder: str
    header: dict[str, Any]
    sql: str

    @cached_property
    def parameters(self) -> frozenset[str]:
        """Return the names of its parameters; more than one statement is an error.

        Looked for when first asked: parsing all texts took most of the time that reading them did,
        and every process begins with that.
        """
        statements = duckdb.extract_statements(self.sql)
        if len(statements) != 1:
            msg = f"{self.name}.sql: one statement a file, found {len(statements)}"
            raise ValueError(msg)
        return frozenset(statements[0].named_parameters)

    def bind(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the values this statement uses; DuckDB refuses any parameter too many."""
        return {name: values[name] for name in self.parameters}


def read(path: Path) -> Query:
    """Read one .sql file; a header that is no YAML mapping is an error that names the file."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    length = next((i for i, line in enumerate(lines) if not line.startswith("--")), len(lines))
    described = "\n".join(line[2:].removeprefix(" ") for line in lines[:length])
    header = yaml.load(described, SAFE_LOADER)
    if not isinstance(header, dict):
        msg = f"{path.name}: the leading comment lines are not a YAML mapping"
        raise ValueError(msg)
    return Query(path.stem, path.parent.name, header, text)


@cache
def folder(name: str) -> dict[str, Query]:
    """Return every query of one folder of queries/, by stem, in the order of their names."""
    return {path.stem: read(path) for path in sorted((FOLDER / name).glob("*.sql"))}


def get(folder_name: str, name: str) -> Query:
    """Return one query; an unknown name is refused with the names there are."""
    known = folder(folder_name)
    if name not in known:
        raise QuestionUnknown(
            title=f"There is no {folder_name.removesuffix('s')} called “{name}”",
            found=f"Known: {', '.join(known)}",
        )
    return known[name]
