"""What people decide on the briefing's alerts, kept as one more change of the store."""

import re
from datetime import UTC, datetime
from typing import Any, Final

import polars as pl

from leverage import database
from leverage.errors import ChangeRefused
from leverage.store.delta import Store

STATES: Final = ("open", "accepted", "done")


def decide(
    store: Store,
    company: str,
    alert: str,
    month: str,
    by: str,
    *,
    state: str | None = None,
    owner: str | None = None,
    note: str | None = None,
) -> int | None:
    """Add what was decided on an alert of a month; returns the data version, None if all stood so.

    What is not said (None) stays as it was; an empty owner or note is none. An alert is accepted
    only with a note, so that whoever reads it later knows why.
    """
    check_month(month)
    if state is not None and state not in STATES:
        raise ChangeRefused(
            title=f"“{state}” is no state of an alert", found=f"Known: {', '.join(STATES)}"
        )
    with (
        store.change("edit", by) as change,
        database.workspace(change.files(["alert_states"])) as con,
    ):
        rows = con.table("alert_states").pl()
        known = _newest(rows, company, alert)
        new = {
            "company": company,
            "alert": alert,
            "month": month,
            "state": state or known.get("state") or "open",
            "owner": known.get("owner") if owner is None else owner.strip() or None,
            "note": known.get("note") if note is None else note.strip() or None,
        }
        if new["state"] == "accepted" and new["note"] is None:
            raise ChangeRefused(
                title="An alert is accepted only with a note",
                next_step="Say in a few words why it may stay as it is",
            )
        before = {name: known.get(name) for name in new}
        # Only what is done holds for one month; the month of another state changes nothing.
        if before == new or (new["state"] != "done" and before | {"month": month} == new):
            return None
        stamp = {"author": by, "decided_at": datetime.now(UTC).replace(tzinfo=None)}
        added = pl.DataFrame([new | stamp], schema=rows.schema)
        change.write("alert_states", pl.concat([rows, added]).to_arrow())
        return change.commit([{"summary": _summary(new), "company": company}])


def check_month(month: str) -> None:
    """Refuse what is no month written YYYY-MM."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise ChangeRefused(
            title=f"“{month}” is no month", next_step="Write it as YYYY-MM, such as 2026-10"
        )


def _newest(rows: pl.DataFrame, company: str, alert: str) -> dict[str, Any]:
    mine = rows.filter((pl.col("company") == company) & (pl.col("alert") == alert))
    return mine.sort("decided_at").row(-1, named=True) if len(mine) else {}


def _summary(new: dict[str, Any]) -> str:
    owner = f", owner {new['owner']}" if new["owner"] else ""
    return f"alert {new['alert']} of {new['month']} is {new['state']}{owner}"
