"""A stage: files that were recognised, mapped and checked, ready to be stored.

It is a folder under DATA_ROOT/staging with the rows to store, what became of every line, and a
description. Committing it reads no file of the user's again.
"""

import json
import shutil
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, Self

import polars as pl

from leverage.errors import FileRefused

KEPT_HOURS = 24


class Span(NamedTuple):
    """The days one file covers in one account, both ends included."""

    account: str
    first: date
    last: date

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two share a day of the same account."""
        return (
            self.account == other.account and self.first <= other.last and other.first <= self.last
        )


@dataclass
class FileReport:
    """What became of one file, in numbers; `refused` says why where it was refused.

    `columns` are the names of its header, those it was read by and those kept as they are; None
    where the format has no header of its own, as JSON, whose records leave out what is empty.
    `meanings` are what its numbers stand for: field, value, first and last day (ISO) of each value.
    """

    name: str
    digest: str
    kind: str | None = None
    title: str | None = None
    company: str | None = None
    spans: list[Span] = field(default_factory=list)
    rows_in: int = 0
    rows_taken: int = 0
    rows_set_aside: int = 0
    rows_rejected: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    totals: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    mapping: str | None = None
    refused: dict[str, str] | None = None
    marks: dict[str, list[str]] = field(default_factory=dict)
    period: list[str] | None = None  # as it was said, where it was
    dates: str | None = None
    columns: list[str] | None = None
    meanings: list[list[str]] = field(default_factory=list)

    @property
    def accounts(self) -> list[str]:
        """Return the accounts the file holds rows of."""
        return sorted({span.account for span in self.spans})


@dataclass
class Group:
    """Files that are stored together."""

    kind: str
    table: str
    company: str
    spans: list[Span]
    files: list[int]


@dataclass
class Stage:
    """One call's files, ready to be stored."""

    folder: Path
    id: str
    files: list[FileReport]
    groups: list[Group]

    def save(self) -> None:
        """Write the description; the stage exists from here on."""
        described = {
            "id": self.id,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "files": [asdict(file) for file in self.files],
            "groups": [asdict(group) for group in self.groups],
        }
        path = self.folder / "stage.json"
        path.write_text(json.dumps(described, default=plain, indent=1), encoding="utf-8")

    def move(self, folder: Path) -> None:
        """Give it the folder it is known by, in place of an earlier one of the same files."""
        shutil.rmtree(folder, ignore_errors=True)
        self.folder = self.folder.rename(folder)

    @classmethod
    def open(cls, data_root: Path, stage_id: str) -> Self:
        """Open a stage by its id; one that is gone is refused in words."""
        folder = data_root / "staging" / stage_id
        if not stage_id.isalnum() or not (folder / "stage.json").is_file():
            raise FileRefused(
                title=f"There is no staged load “{stage_id}”",
                found=f"Staged files are kept until they are loaded or for {KEPT_HOURS} hours",
                next_step="Stage the files again",
            )
        read = json.loads((folder / "stage.json").read_text(encoding="utf-8"))
        files = [FileReport(**{**file, "spans": _spans(file["spans"])}) for file in read["files"]]
        groups = [Group(**{**group, "spans": _spans(group["spans"])}) for group in read["groups"]]
        return cls(folder, read["id"], files, groups)

    def path(self, table: str) -> Path:
        """Return the parquet file with the rows of all groups for one table.

        Until a row gets its load's number, `load_id` holds its group's place in `groups`.
        """
        return self.folder / f"{table}.parquet"

    def left_out(self) -> pl.DataFrame:
        """Return every line not taken: file, line, what, reason, original."""
        path = self.folder / "left_out.parquet"
        return pl.read_parquet(path) if path.is_file() else pl.DataFrame(schema=LEFT_OUT)

    def discard(self) -> None:
        """Delete the stage."""
        shutil.rmtree(self.folder, ignore_errors=True)


LEFT_OUT = {
    "file": pl.String,
    "line": pl.Int64,
    "what": pl.String,
    "reason": pl.String,
    "original": pl.String,
}


def plain(value: object) -> object:
    """Return what JSON can hold of a date or a decimal."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _spans(read: list[list[str]]) -> list[Span]:
    return [
        Span(account, date.fromisoformat(first), date.fromisoformat(last))
        for account, first, last in read
    ]
