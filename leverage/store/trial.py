"""What rules would move, worked out from the newest data version; nothing of it is stored."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Self

import duckdb
from duckdb import ColumnExpression as Column
from duckdb import ConstantExpression as Constant

from leverage import database, queries
from leverage.rules import Rule
from leverage.store import changes, marts
from leverage.store.delta import Store

SIDES = ("before", "after")


@dataclass(frozen=True)
class Amount:
    """Use: rows of usage, the months they stand in, price-weighted tokens and cost in US dollars.

    None is unknown: what was used reports no tokens, or has no cost.
    """

    rows: int
    months: int
    tokens: float | None
    cost_usd: Decimal | None


@dataclass(frozen=True)
class Move:
    """Use that would be something else under a subject of rules.

    `before` and `after` are what rules say, 'unassigned' where none does; both are None for all
    moves of the subject together.
    """

    subject: str
    before: str | None
    after: str | None
    amount: Amount


@dataclass(frozen=True)
class Trial:
    """What so many changed rules would move of all of a company's use.

    `employees` are those of the newest roster or headcount, None without any; `employees_moved` is
    None where it would speak of fewer than five of them.
    """

    rules: int
    subjects: tuple[str, ...]
    moves: tuple[Move, ...]
    everything: Amount
    employees: float | None
    employees_moved: float | None

    def as_json(self) -> str:
        """Write it as `of_json` reads it."""
        return json.dumps(asdict(self), default=str)

    @classmethod
    def of_json(cls, text: str) -> Self:
        """Read what `as_json` has written."""
        told = json.loads(text)
        moves = (Move(**{**move, "amount": _amount(move["amount"])}) for move in told["moves"])
        return cls(
            **{
                **told,
                "subjects": tuple(told["subjects"]),
                "moves": tuple(moves),
                "everything": _amount(told["everything"]),
            }
        )


def _amount(told: dict[str, Any]) -> Amount:
    cost = told["cost_usd"]
    return Amount(**{**told, "cost_usd": None if cost is None else Decimal(cost)})


def try_rules(store: Store, company: str, decided: Sequence[Rule]) -> Trial | None:
    """Return what these rules of a company would move beside those that stand; None if all stand.

    The whole history counts, as for `changes.decide`.
    """
    with database.workspace(store.all_files(changes.tables_at(store, store.newest()))) as con:
        after, moved = changes.with_rules(con.table("rules").pl(), decided, "")
        if not moved:
            return None
        con.execute("alter view rules rename to rules_before")
        con.from_arrow(after.to_arrow()).create("rules_after")
        _stand(con, "before")
        for side in _sides(con):
            con.sql(queries.get("served", "role_families").sql).create(f"families_{side}")
        ((employees, employees_moved),) = _asked(con, "moved_roles", company).fetchall()
        _compare_work(con, company)
        rows = con.sql(queries.get("changes", "moves").sql).pl().to_dicts()
    told = [
        (row, Amount(row["use_rows"] or 0, row["months"], row["tokens"], row["cost_usd"]))
        for row in rows
    ]
    return Trial(
        rules=len(moved),
        subjects=tuple(dict.fromkeys(rule.subject for rule in moved)),
        moves=tuple(
            Move(row["subject"], row["before"], row["after"], amount)
            for row, amount in told
            if row["subject"] is not None
        ),
        everything=next(amount for row, amount in told if row["subject"] is None),
        employees=employees,
        employees_moved=employees_moved,
    )


def _compare_work(con: duckdb.DuckDBPyConnection, company: str) -> None:
    """Make the table `moves`: what the company's use is and would be, by month."""
    con.execute(queries.get("changes", "no_moves").sql)
    con.execute("alter view usage rename to usage_of_every_company")
    of_company = Column("company") == Constant(company)
    con.table("usage_of_every_company").filter(of_company).create_view("usage")
    for months in marts.work(con):
        for side in _sides(con):
            work = queries.get("marts", "use_by_work")
            con.sql(work.sql, params=work.bind({"months": months})).create("use_by_work")
            con.sql(queries.get("marts", "workflow_month").sql).create_view("workflow_month")
            levels = con.sql(queries.get("served", "workflow_autonomy").sql)
            levels.create("workflow_autonomy")
            con.sql(queries.get("changes", "work_and_autonomy").sql).create(f"work_{side}")
            con.execute("drop table workflow_autonomy")
            con.execute("drop table use_by_work")
        _asked(con, "moved_work", company).insert_into("moves")
        for side in SIDES:
            con.execute(f"drop table work_{side}")


def _sides(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Yield 'after' and 'before' while the rules of that side stand; those of before stay."""
    for side in reversed(SIDES):
        _stand(con, side)
        yield side


def _stand(con: duckdb.DuckDBPyConnection, side: str) -> None:
    con.table(f"rules_{side}").create_view("rules", replace=True)


def _asked(con: duckdb.DuckDBPyConnection, name: str, company: str) -> duckdb.DuckDBPyRelation:
    query = queries.get("changes", name)
    return con.sql(query.sql, params=query.bind({"company": company}))
