"""Which company and which vendor account a file belongs to, where the file does not say."""

from difflib import get_close_matches

import duckdb
from duckdb import ColumnExpression as Column
from duckdb import ConstantExpression as Constant

from leverage.errors import FileRefused
from leverage.intake.kinds import Kind

MAIN = "main"


def known(stored: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the names of the store's companies."""
    return sorted(name for (name,) in stored.table("companies").select("company").fetchall())


def resolve(stored: duckdb.DuckDBPyConnection, given: str | None, named: str | None = None) -> str:
    """Return the company: as given, else as the file names it, else the only one there is.

    A name that is new is taken as it stands, unless it looks like a slip for one that exists.
    """
    names = known(stored)
    if given is not None and named is not None and given.casefold() != named.casefold():
        raise FileRefused(
            title=f"The file is about {named}, and {given} was asked for",
            next_step="Choose the company the file names, or correct the file",
        )
    wanted = given or named
    if wanted is None:
        if len(names) == 1:
            return names[0]
        if not names:
            raise FileRefused(
                title="No company was named",
                found="There is no company yet",
                next_step="Name it with --company NAME, or create it on the Data page",
            )
        raise FileRefused(
            title="No company was named, and there are several",
            found=", ".join(names),
            next_step="Name one with --company NAME",
        )
    wanted = wanted.strip()
    for name in names:
        if name.casefold() == wanted.casefold():
            return name
    close = get_close_matches(wanted, names, n=1, cutoff=0.85)
    if close:
        raise FileRefused(
            title=f"There is no company called “{wanted}”",
            found=f"Nearest: {close[0]}",
            next_step=f"Write {close[0]}, or create the new one first with “python -m leverage "
            f"company '{wanted}'”",
        )
    return wanted


def account(stored: duckdb.DuckDBPyConnection, kind: Kind, company: str, given: str | None) -> str:
    """Return the vendor account of rows that name none: as given, the only known one, or 'main'."""
    if given is not None:
        return given
    family = stored.table("kinds").filter(Column("family") == Constant(kind.accounts))
    rows = (
        stored.table("usage")
        .filter(Column("company") == Constant(company))
        .join(family.select("kind"), "kind", "semi")
        .select("account")
        .distinct()
        .fetchall()
    )
    names: list[str] = sorted(name for (name,) in rows)
    if not names:
        return MAIN
    if len(names) == 1:
        return names[0]
    raise FileRefused(
        title="The file does not say which account it is from, and there are several",
        found=", ".join(names),
        next_step="Name it with --account ID",
    )


def marks(stored: duckdb.DuckDBPyConnection, company: str) -> dict[str, list[str]]:
    """Return the providers, services and accounts an analyst has marked as AI use."""
    rules = stored.table("rules").filter(
        (Column("subject") == Constant("ai_use")) & (Column("company") == Constant(company))
    )
    found: dict[str, list[str]] = {}
    for field, pattern in rules.select("field", "pattern").fetchall():
        found.setdefault(field, []).append(pattern)
    return found
