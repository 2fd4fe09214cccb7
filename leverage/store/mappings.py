"""Save a mapping that a person has drawn, as one more change of the store."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import polars as pl

from leverage import database
from leverage.errors import ChangeRefused
from leverage.store import changes, marts
from leverage.store.delta import Store

RULING = ("family", "tokens_from", "is_foreign")
"""What decides which source counts; rows of earlier loads are counted anew where it changes."""


def save(
    store: Store,
    *,
    name: str,
    company: str | None,
    spec: str,
    signature: Sequence[str],
    family: str,
    tokens_from: str,
    is_foreign: bool,
    by: str,
) -> int | None:
    """Store a mapping, as the next version where the name is known; returns the data version.

    None where it says what the newest version said. A mapping that another name holds already is
    refused: nobody could tell under which of them a file was to be recognised.
    """
    said = {
        "company": company,
        "spec": spec,
        "signature": list(signature),
        "family": family,
        "tokens_from": tokens_from,
        "is_foreign": is_foreign,
    }
    with store.change("edit", by) as change, database.workspace(change.files()) as con:
        rows = con.table("mappings").pl()
        newest = _newest(rows)
        before = next((row for row in newest if row["name"].casefold() == name.casefold()), None)
        name = before["name"] if before else name
        if before and all(before[key] == value for key, value in said.items()):
            return None
        _refuse_second_name(newest, name, said)
        new = {
            "name": name,
            "version": before["version"] + 1 if before else 1,
            "author": by,
            "decided_at": datetime.now(UTC).replace(tzinfo=None, microsecond=0),
            **said,
        }
        change.write("mappings", pl.concat([rows, pl.DataFrame([new], rows.schema)]).to_arrow())
        if before and any(before[key] != said[key] for key in RULING):
            marts.rebuild(change, None)
            changes.record_breaks(change, changes.in_effect(store))
        verb = f"saves version {new['version']} of" if before else "saves"
        return change.commit([{"summary": f"{verb} the mapping “{name}”", "company": company}])


def _newest(rows: pl.DataFrame) -> list[dict[str, Any]]:
    return rows.sort("version").unique("name", keep="last").to_dicts()


def _refuse_second_name(newest: list[dict[str, Any]], name: str, said: dict[str, Any]) -> None:
    for other in newest:
        is_apart = None not in (other["company"], said["company"]) and (
            other["company"] != said["company"]
        )
        if other["name"] != name and not is_apart and other["signature"] == said["signature"]:
            raise ChangeRefused(
                title=f"The mapping “{other['name']}” knows files with these columns already",
                found=", ".join(said["signature"]),
                next_step=f"Save it under the name {other['name']} to replace that one",
            )
