"""What people believe where nothing is measured, decided one by one beside what files bring."""

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Final

import polars as pl

from leverage import database
from leverage.errors import ChangeRefused
from leverage.store.delta import Store

GRADES: Final = ("A", "B", "C", "D")
CHOICE: Final = "value_basis"
BASES: Final = ("time", "outcome", "measured")
"""What the unit of a choice can be: by which of them the value of its workflow is counted."""


@dataclass(frozen=True)
class Assumption:
    """A value of which people are not sure: the lowest, the likeliest and the highest believed.

    By what the value of a workflow is counted is decided under the name value_basis: then `unit`
    says by what, and the number is no more than that it was chosen.
    `mode` is None where what was believed is taken back; a range that is not given is the mode.
    `source` says why; the evidence grades are those of the template, A (experiment) to D.
    """

    assumption: str
    effective_date: date
    mode: float | None
    unit: str
    source: str
    low: float | None = None
    high: float | None = None
    workflow: str | None = None
    role: str | None = None
    evidence_grade: str = "D"

    def checked(self) -> dict[str, object]:
        """Return the assumption as a row, its range filled; refuse what cannot be believed."""
        name = self.assumption.strip().lower()
        if not name:
            raise ChangeRefused(title="An assumption needs a name")
        if not self.source.strip():
            raise ChangeRefused(
                title="An assumption is changed only with its reason",
                next_step="Say in a few words why: a study, a measurement or a judgement",
            )
        if name == CHOICE and not (self.workflow and self.unit in BASES):
            raise ChangeRefused(
                title="It is chosen of one workflow, by one of three",
                found=f"“{self.unit}” of “{self.workflow or ''}”",
                next_step=f"Name the workflow, and as unit one of {', '.join(BASES)}",
            )
        if self.evidence_grade not in GRADES:
            raise ChangeRefused(
                title=f"“{self.evidence_grade}” is no grade of evidence",
                found=f"Known: {', '.join(GRADES)}",
            )
        low, high = (self.mode if end is None else end for end in (self.low, self.high))
        if self.mode is None:
            low = high = None
        elif low is None or high is None or not low <= self.mode <= high:
            raise ChangeRefused(
                title="The likeliest value lies outside its range",
                found=f"{low} to {high} does not hold {self.mode}",
                next_step="Give low, mode and high in rising order",
            )
        return asdict(self) | {
            "assumption": name,
            "source": self.source.strip(),
            "low": low,
            "high": high,
        }


def assume(store: Store, company: str, believed: Assumption, by: str) -> int | None:
    """Decide one assumption; returns the data version, None where it stands so already.

    What was decided before stays in the table with its day and author; the newest counts.
    """
    row = believed.checked() | {"company": company, "author": by}
    with (
        store.change("edit", by) as change,
        database.workspace(change.files(["assumptions"])) as con,
    ):
        rows = con.table("assumptions").pl()
        added = pl.DataFrame(
            [row | {"decided_at": datetime.now(UTC).replace(tzinfo=None)}],
            schema_overrides=rows.schema,
        )
        place = ["company", "assumption", "workflow", "role", "effective_date"]
        held = rows.filter(pl.col("decided_at").is_not_null()).join(
            added.select(place), on=place, how="semi", nulls_equal=True
        )
        said = ["low", "mode", "high", "unit", "source", "evidence_grade"]
        if held.sort("decided_at").select(said).tail(1).equals(added.select(said)):
            return None
        change.write("assumptions", pl.concat([rows, added], how="diagonal").to_arrow())
        return change.commit([{"summary": _summary(row), "company": company}])


def _summary(row: dict[str, object]) -> str:
    if row["assumption"] == CHOICE:
        by = "the best evidence there is" if row["mode"] is None else row["unit"]
        return f"counts {row['workflow']} by {by}"
    if row["mode"] is None:
        return f"takes back the assumption {row['assumption']}"
    return f"assumes {row['mode']:g} {row['unit']} for {row['assumption']}"
