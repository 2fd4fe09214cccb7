"""What changes a store: load a stage, undo a load, describe a company, decide rules."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import polars as pl
from duckdb import ColumnExpression as Column
from duckdb import ConstantExpression as Constant
from duckdb import Expression

from leverage import database, queries
from leverage.errors import ChangeRefused
from leverage.rules import Rule, checked
from leverage.store import breaks, marts
from leverage.store.delta import Change, Store
from leverage.store.stage import FileReport, Group, Span, Stage

Waiting = Callable[[str], None]
# The subjects of rules that the marts follow: all of them, or those of work alone.
MOVE_EVERYTHING = {"service_owner", "authority"}
MOVE_WORK = {"workflow", "workload_class"}
# What is remembered in place of a kind where the usual rule shall decide again.
USUAL = "usual"
# What any load looks at: whose and of which account use is known, and which kinds were described.
ALWAYS_TOUCHED = {"usage", "companies", "identities", "actor_forms", "mappings"}
# The kind of the aliases that a user has confirmed; no file is of it, so none replaces them.
CONFIRMED = "confirmed"


@dataclass(frozen=True)
class Preview:
    """What loading a group would do to the store."""

    group: Group
    lines_taken: int
    rows_added: int
    rows_replaced: int
    replaced_from: date | None
    replaced_to: date | None
    rows_on_empty_days: int
    empty_days: int
    already: int | None  # the load that holds these files already

    def sentence(self) -> str:
        """Say it as the page and the log do: 'replaces 41 rows of 1–14 June, adds 82'.

        Where lines became fewer rows, or more, it says of how many: 'adds 191 rows made of 604
        lines'. The others would seem lost.
        """
        if self.already is not None:
            return f"changes nothing: load {self.already} holds these files already"
        parts = []
        if self.rows_replaced:
            assert self.replaced_from is not None
            assert self.replaced_to is not None
            of = day_range(self.replaced_from, self.replaced_to)
            parts.append(f"replaces {self.rows_replaced:,} {_rows(self.rows_replaced)} of {of}")
        added = f"adds {self.rows_added:,}" + ("" if parts else f" {_rows(self.rows_added)}")
        if self.lines_taken != self.rows_added:
            added += f" made of {self.lines_taken:,} line{'s' * (self.lines_taken != 1)}"
        parts.append(added)
        if self.rows_on_empty_days:
            parts.append(
                f"removes {self.rows_on_empty_days:,} {_rows(self.rows_on_empty_days)} on "
                f"{self.empty_days} day{'s' * (self.empty_days != 1)} that are empty in the file"
            )
        return ", ".join(parts)


def day_range(first: date, last: date) -> str:
    """Write two dates as a person does: '1–14 June 2026', '27 May – 3 June 2026'."""
    end = f"{last.day} {last:%B %Y}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    start = f"{first.day} {first:%B}" + ("" if first.year == last.year else f" {first.year}")
    return f"{start} – {end}"


def _rows(n: int) -> str:
    return "row" if n == 1 else "rows"


# ---- loading -----------------------------------------------------------------------------------


def preview(store: Store, stage: Stage) -> list[Preview]:
    """Say of each group of a stage what loading it would replace and add."""
    files = store.all_files(tables_at(store, store.newest()), _touched(stage))
    with database.workspace(files) as con:
        return _previews(con, store, stage)


def _touched(stage: Stage) -> set[str]:
    """Return the tables that loading a stage reads or writes, but for the marts."""
    return {group.table for group in stage.groups} | ALWAYS_TOUCHED


@dataclass(frozen=True)
class Loaded:
    """What became of one group: its preview and its number, or why it was refused."""

    group: Group
    preview: Preview | None
    number: int | None
    refused: ChangeRefused | None = None


def load(
    store: Store,
    stage: Stage,
    by: str,
    on_wait: Waiting = lambda _holder: None,
    progress: database.Progress = database.silent,
) -> list[Loaded]:
    """Store a stage in one change, one numbered load for each group.

    Groups share no day of an account, so together they land or not at all, and each can be undone
    alone. A group whose files are already in effect changes nothing and gives the number of that
    load; one that would cut a stored week or month in two is refused, and the others land.
    """
    done: list[Loaded] = []
    with store.change("load", by, on_wait) as change:
        new: list[tuple[int, Preview]] = []
        with database.workspace(change.files(_touched(stage))) as con:
            previews = _previews(con, store, stage)
            refused = _partly_covered(con, stage)
            for place, (group, seen) in enumerate(zip(stage.groups, previews, strict=True)):
                if seen.already is not None:
                    done.append(Loaded(group, seen, seen.already))
                elif place in refused:
                    done.append(Loaded(group, None, None, refused[place]))
                else:
                    done.append(Loaded(group, seen, change.number + len(new)))
                    new.append((place, seen))
            if new:
                _write(change, con, stage, new, progress)
        if new:
            rows = [_row(stage, seen, change.number - 1) for _, seen in new]
            numbered = [
                _read({**row, "n": change.number + place}) for place, row in enumerate(rows)
            ]
            record_breaks(change, [*in_effect(store), *numbered])
            change.commit(rows)
    return done


def _write(
    change: Change,
    con: duckdb.DuckDBPyConnection,
    stage: Stage,
    new: list[tuple[int, Preview]],
    progress: database.Progress,
) -> None:
    """Write the tables of all new groups, then the marts they move."""
    numbers = pl.DataFrame(
        {
            "place": [place for place, _ in new],
            "n": [change.number + position for position in range(len(new))],
        }
    )
    con.from_arrow(numbers.to_arrow()).create("numbers")
    groups = [seen.group for _, seen in new]
    is_new_account = _is_new_account(con, groups)
    months: list[str] | None = []
    for table in sorted({group.table for group in groups}):
        mine = [group for group in groups if group.table == table]
        rows = _brought(con, stage, table)
        touched = _replace(change, con, table, mine, rows, progress)
        if table == "usage":
            _add_forms(change, con, stage)
        if table == "people":
            aliases = _brought(con, stage, "identities")
            _replace(change, con, "identities", mine, aliases)
            months = None
        elif table == "aliases" or (table == "usage" and is_new_account):
            months = None
        elif months is not None:
            months = sorted({*months, *touched, *_months_converted(con, mine)})
    _add_companies(change, con, {group.company for group in groups})
    if months is None or months:
        marts.rebuild(change, months, progress)


def record_breaks(change: Change, loads: Sequence[dict[str, Any]]) -> None:
    """Bring the breaks among `events` up to date with the loads in effect and with what counts."""
    with database.workspace(change.files(["events", "source_month"])) as con:
        stored = con.table("events").pl()
        counted = con.sql(queries.get("changes", "main_sources").sql).pl()
    loaded = stored.filter(pl.col("first_line").is_not_null())
    recorded = stored.filter(pl.col("first_line").is_null())
    sources = breaks.of_sources(counted.iter_rows(named=True))
    found = breaks.as_events(breaks.found(loads), sources, stored)
    order = ("day", "company", "event")
    if not found.sort(order).equals(recorded.sort(order)):
        change.write("events", pl.concat([loaded, found]).to_arrow())


def _months_converted(con: duckdb.DuckDBPyConnection, groups: Sequence[Group]) -> list[str]:
    """Return the months of usage whose money the groups' exchange rates convert."""
    ends = [
        (f"{span.first:%Y-%m}", f"{span.last:%Y-%m}")
        for group in groups
        if group.table == "rates"
        for span in group.spans
    ]
    return [
        month
        for month in (marts.all_months(con) if ends else [])
        if any(first <= month <= last for first, last in ends)
    ]


def _row(stage: Stage, seen: Preview, before: int) -> dict[str, Any]:
    group = seen.group
    files = [stage.files[number] for number in group.files]
    return {
        "summary": seen.sentence(),
        "kind": group.kind,
        "company": group.company,
        "scope": _as_json(
            [{"account": span.account, "from": span.first, "to": span.last} for span in group.spans]
        ),
        "files": _as_json([_described(file) for file in files]),
        "mapping": files[0].mapping,
        "rows_in": sum(file.rows_in for file in files),
        "rows_taken": sum(file.rows_taken for file in files),
        "rows_set_aside": sum(file.rows_set_aside for file in files),
        "rows_rejected": sum(file.rows_rejected for file in files),
        "rows_replaced": seen.rows_replaced,
        "rows_added": seen.rows_added,
        "before": before,
    }


def _described(file: FileReport) -> dict[str, Any]:
    """Return what the log keeps of a file: counts and totals, no line of it."""
    about = asdict(file)
    kept = ("name", "digest", "rows_in", "rows_taken", "rows_set_aside", "rows_rejected")
    return {
        **{name: about[name] for name in kept},
        "reasons": _without_cells(file.reasons),
        "totals": about["totals"],
        "spans": [[span.account, span.first, span.last] for span in file.spans],
        "period": file.period,
        "dates": file.dates,
        "columns": file.columns,
        "meanings": file.meanings,
    }


def _without_cells(reasons: dict[str, int]) -> dict[str, int]:
    """Return the reasons without the cells they quote: the log holds nothing a file's line held."""
    counts: dict[str, int] = {}
    for reason, n in reasons.items():
        head, quoted, rest = reason.partition("“")
        key = f"{head}…{rest.partition('”')[2]}" if quoted else reason
        counts[key] = counts.get(key, 0) + n
    return counts


def _previews(con: duckdb.DuckDBPyConnection, store: Store, stage: Stage) -> list[Preview]:
    """Return the preview of every group, in their order."""
    loads = in_effect(store)
    rows_added: dict[int, int] = {}
    for table in sorted({group.table for group in stage.groups}):
        brought = _staged(con, stage, table)
        rows_added |= dict(brought.aggregate("load_id, count(*)", "load_id").fetchall())
    gone = _days_replaced(con, stage)
    previews = []
    for place, group in enumerate(stage.groups):
        if group.table == "usage":
            days = gone.get(place, [])
            n_replaced = sum(n for _, n, _ in days)
            first, last = (days[0][0], days[-1][0]) if days else (None, None)
        else:
            days = []
            n_replaced = _count(_stored_in_scope(con, group.table, [group]))
            ends = [day for span in group.spans for day in (span.first, span.last)]
            first, last = (min(ends), max(ends)) if n_replaced else (None, None)
        empty = [n for _, n, is_empty in days if is_empty]
        previews.append(
            Preview(
                group=group,
                lines_taken=sum(stage.files[number].rows_taken for number in group.files),
                rows_added=rows_added.get(place, 0),
                rows_replaced=n_replaced,
                replaced_from=first,
                replaced_to=last,
                rows_on_empty_days=sum(empty),
                empty_days=len(empty),
                already=_already(loads, stage, group),
            )
        )
    return previews


def _staged(con: duckdb.DuckDBPyConnection, stage: Stage, table: str) -> duckdb.DuckDBPyRelation:
    """Return a stage's rows of one table; `load_id` is still their group's place."""
    return con.read_parquet(str(stage.path(table)))


def _days_replaced(
    con: duckdb.DuckDBPyConnection, stage: Stage
) -> dict[int, list[tuple[date, int, bool]]]:
    """Return, by place, the days on which stored usage goes: day, rows, and whether none come."""
    found: dict[int, list[tuple[date, int, bool]]] = {}
    if any(group.table == "usage" for group in stage.groups):
        _scope(con, stage.groups)
        con.execute("drop view if exists brought")
        _staged(con, stage, "usage").create_view("brought")
        for place, *day in con.execute(queries.get("changes", "replaced").sql).fetchall():
            found.setdefault(place, []).append(tuple(day))
        con.execute("drop view brought")
    return found


def _scope(con: duckdb.DuckDBPyConnection, groups: Sequence[Group]) -> None:
    """Make the relation `scope`: the days of each account that the usage of groups replaces."""
    rows = [
        (place, group.company, group.kind, span.account, span.first, span.last)
        for place, group in enumerate(groups)
        if group.table == "usage"
        for span in group.spans
    ]
    frame = pl.DataFrame(
        rows,
        schema={
            "place": pl.Int64,
            "company": pl.String,
            "kind": pl.String,
            "account": pl.String,
            "first_day": pl.Date,
            "last_day": pl.Date,
        },
        orient="row",
    )
    con.execute("drop table if exists scope")
    con.from_arrow(frame.to_arrow()).create("scope")


def _partly_covered(con: duckdb.DuckDBPyConnection, stage: Stage) -> dict[int, ChangeRefused]:
    """Return the refusals, by place, of the groups that would cut a stored period in two."""
    _scope(con, stage.groups)
    refused: dict[int, ChangeRefused] = {}
    found = con.execute(queries.get("changes", "partly_covered").sql).fetchall()
    for place, account, first, last in found:
        spans = [span for span in stage.groups[place].spans if span.account == account]
        files = ", ".join(day_range(span.first, span.last) for span in spans)
        error = ChangeRefused(
            title="The file covers part of a period that is stored as one row",
            found=f"Stored: {day_range(first, last)} of account {account}; the file: {files}",
            next_step="Load an export that covers the whole stored period, or undo the load that "
            "brought it",
        )
        refused.setdefault(place, error)
    return refused


def _in_scope(group: Group) -> Expression:
    """Return the condition that a row of a small table is one the group replaces.

    The header of the table says by which column a row's time is told, and within what.
    """
    declared = queries.get("tables", group.table).header
    time, account = Column(declared["time"]), declared.get("account")
    spans: Expression = Constant(False)
    for span in group.spans:
        first, last = (
            (f"{span.first:%Y-%m}", f"{span.last:%Y-%m}")
            if declared["time"] == "month"
            else (span.first, span.last)
        )
        hit = time.between(Constant(first), Constant(last))
        if account is not None:
            hit = hit & (Column(account) == Constant(span.account))
        spans = spans | hit
    if declared.get("by_kind"):
        spans = spans & (Column("kind") == Constant(group.kind))
    if declared.get("of_files"):
        spans = spans & Column(declared["of_files"]).isnotnull()
    return (Column("company") == Constant(group.company)) & spans


def _stored_in_scope(
    con: duckdb.DuckDBPyConnection, table: str, groups: Sequence[Group]
) -> duckdb.DuckDBPyRelation:
    """Return the stored rows of one table that the groups replace."""
    if table == "usage":
        _scope(con, groups)
        return con.sql(queries.get("changes", "usage_in_scope").sql)
    condition: Expression = Constant(False)
    for group in groups:
        condition = condition | _in_scope(group)
    return con.table(table).filter(condition)


def _brought(con: duckdb.DuckDBPyConnection, stage: Stage, table: str) -> duckdb.DuckDBPyRelation:
    """Return the staged rows of one table that land, under the numbers of their loads."""
    con.execute("drop view if exists staged")
    _staged(con, stage, table).create_view("staged")
    return database.by_name(table, con.sql(queries.get("changes", "brought").sql))


def _replace(
    change: Change,
    con: duckdb.DuckDBPyConnection,
    table: str,
    groups: Sequence[Group],
    rows: duckdb.DuckDBPyRelation | None,
    progress: database.Progress = database.silent,
) -> list[str]:
    """Write one table with the groups' rows replaced by the given ones; returns months touched."""
    if table != "usage":
        condition: Expression = Constant(False)
        for group in groups:
            condition = condition | _in_scope(group)
        kept = con.table(table).filter(~condition)
        change.write(table, (kept if rows is None else kept.union(rows)).to_arrow_table())
        return []
    assert rows is not None
    gone = _stored_in_scope(con, "usage", groups).select("month")
    held = gone.union(rows.select("month")).distinct().fetchall()
    months: list[str] = sorted(month for (month,) in held)
    if months:
        query = queries.get("changes", "usage_kept")
        kept = con.sql(query.sql, params={"months": months})
        # Sorted by actor and day: one person's rows lie together, and row groups can be skipped.
        after = kept.union(rows).order("month, actor, day")
        of = _count(kept) + _count(rows)
        with database.watched(con, progress, "writing rows", of):
            change.write_months(con, "usage", after, months)
        progress("writing rows", of, of)
    return months


def _add_forms(change: Change, con: duckdb.DuckDBPyConnection, stage: Stage) -> None:
    """Write down how the names behind the stage's use are written; what is known once stays."""
    stored = con.table("actor_forms")
    new = con.read_parquet(str(stage.path("actor_forms"))).except_(stored)
    if _count(new):
        change.write("actor_forms", stored.union(new).to_arrow_table())


def _is_new_account(con: duckdb.DuckDBPyConnection, groups: Sequence[Group]) -> bool:
    """Tell whether a company gains an account, which can move what 'main' stands for."""
    known = set(con.table("usage").select("company", "account").distinct().fetchall())
    return any(
        (group.company, span.account) not in known
        for group in groups
        if group.table == "usage"
        for span in group.spans
    )


def _add_companies(change: Change, con: duckdb.DuckDBPyConnection, names: Collection[str]) -> None:
    """Write companies down at their first load; the user can say more of them later."""
    companies = con.table("companies")
    known = {name for (name,) in companies.select("company").fetchall()}
    new = sorted(set(names) - known)
    if new:
        frame = pl.DataFrame({"company": new, "sector": ["other"] * len(new)})
        rows = database.by_name("companies", con.from_arrow(frame.to_arrow()))
        change.write("companies", companies.union(rows).to_arrow_table())


# ---- what is in effect -------------------------------------------------------------------------


def in_effect(store: Store) -> list[dict[str, Any]]:
    """Return the loads that were not undone, oldest first, their JSON columns read."""
    log = store.log()
    undone = set(log.filter(pl.col("action") == "undo")["undoes"].to_list())
    rows = log.filter((pl.col("action") == "load") & ~pl.col("n").is_in(list(undone)))
    return [_read(row) for row in rows.iter_rows(named=True)]


def _read(row: dict[str, Any]) -> dict[str, Any]:
    scope = [
        Span(item["account"], date.fromisoformat(item["from"]), date.fromisoformat(item["to"]))
        for item in json.loads(row["scope"])
    ]
    return {**row, "spans": scope, "files": json.loads(row["files"])}


def _already(loads: Sequence[dict[str, Any]], stage: Stage, group: Group) -> int | None:
    """Return the load that holds every file of the group, still in effect on all its days."""
    holders: set[int] = set()
    for number in group.files:
        file = stage.files[number]
        holder = _holder(loads, file, group)
        if holder is None:
            return None
        holders.add(holder)
    return max(holders) if holders else None


def _holder(loads: Sequence[dict[str, Any]], file: FileReport, group: Group) -> int | None:
    spans = [[s.account, s.first.isoformat(), s.last.isoformat()] for s in file.spans]
    for position in range(len(loads) - 1, -1, -1):
        row = loads[position]
        if (row["kind"], row["company"]) != (group.kind, group.company):
            continue
        same = any(
            held["digest"] == file.digest
            and held["name"] == file.name
            and held["spans"] == spans
            and held["period"] == file.period
            and held["dates"] == file.dates
            for held in row["files"]
        )
        if same and row["mapping"] == file.mapping:
            return int(row["n"])
        if any(a.overlaps(b) for a in row["spans"] for b in file.spans):
            # A later load holds some of these days, so an older one is not in effect on all.
            return None
    return None


# ---- undoing -----------------------------------------------------------------------------------


def undo(store: Store, number: int, by: str, on_wait: Waiting = lambda _holder: None) -> int:
    """Take back one load: its rows go, what it replaced comes back, later loads stay.

    Returns the new data version. Refused for anything but a load, a second time, where a later load
    has replaced the same rows, and where the version before it is no longer kept.
    """
    with store.change("undo", by, on_wait) as change:
        row = _undoable(store, number)
        before = store.all_files(tables_at(store, row["before"]))
        with database.workspace(change.files()) as con, database.workspace(before) as earlier:
            group = Group(
                kind=row["kind"],
                table=database.brings(con, row["kind"]),
                company=row["company"],
                spans=row["spans"],
                files=[],
            )
            removed = _count(_stored_in_scope(con, group.table, [group]))
            old = _stored_in_scope(earlier, group.table, [group]).to_arrow_table()
            months = _replace(change, con, group.table, [group], con.from_arrow(old))
            if group.table == "people":
                put = _stored_in_scope(earlier, "identities", [group]).to_arrow_table()
                _replace(change, con, "identities", [group], con.from_arrow(put))
        if group.table in ("usage", "people", "aliases"):
            # The company may have lost an account, so what 'main' means may change in any month.
            is_all = group.table != "usage" or _accounts_differ(store, change)
            marts.rebuild(change, None if is_all else months)
        if group.table == "rates":
            with database.workspace(change.files()) as con:
                converted = _months_converted(con, [group])
            if converted:
                marts.rebuild(change, converted)
        record_breaks(change, [load for load in in_effect(store) if load["n"] != number])
        return change.commit(
            [
                {
                    "undoes": number,
                    "summary": f"takes back load {number}: removes {removed:,} {_rows(removed)}, "
                    f"puts back {old.num_rows:,}",
                    "kind": group.kind,
                    "company": group.company,
                    "scope": row["scope"],
                    "rows_replaced": removed,
                    "rows_added": old.num_rows,
                    "before": change.number - 1,
                }
            ]
        )


def _undoable(store: Store, number: int) -> dict[str, Any]:
    log = store.log()
    rows = log.filter(pl.col("n") == number)
    if not len(rows):
        raise ChangeRefused(
            title=f"There is no load {number}", next_step="See “python -m leverage loads”"
        )
    if rows["action"][0] != "load":
        raise ChangeRefused(
            title=f"Number {number} is not a load but an {rows['action'][0]}",
            found="Only a load can be undone",
            next_step="To redo an undone load, load its file again",
        )
    loads = in_effect(store)
    mine = next((row for row in loads if row["n"] == number), None)
    if mine is None:
        raise ChangeRefused(
            title=f"Load {number} was already undone",
            next_step="To have it back, load its file again",
        )
    for later in loads:
        is_same = (later["kind"], later["company"]) == (mine["kind"], mine["company"])
        if (
            later["n"] > number
            and is_same
            and any(a.overlaps(b) for a in later["spans"] for b in mine["spans"])
        ):
            raise ChangeRefused(
                title=f"Load {number} cannot be undone",
                found=f"Load {later['n']} has replaced rows of the same days since",
                next_step=f"Undo load {later['n']} first",
            )
    if mine["before"] < store.oldest_version:
        raise ChangeRefused(
            title=f"Load {number} is too old to be undone",
            found=f"What stood before it is gone; data is kept from version {store.oldest_version}",
            next_step="Load a corrected file for the same days instead",
        )
    return mine


def _accounts_differ(store: Store, change: Change) -> bool:
    def accounts(files: dict[str, list[str]]) -> set[tuple[str, str]]:
        with database.workspace(files) as con:
            return set(con.table("usage").select("company", "account").distinct().fetchall())

    before = store.all_files(tables_at(store, store.newest()), ["usage"])
    return accounts(before) != accounts(change.files(["usage"]))


# ---- edits -------------------------------------------------------------------------------------


def describe_company(
    store: Store,
    name: str,
    by: str,
    *,
    sector: str | None = None,
    origin: str | None = None,
    employees: int | None = None,
) -> int | None:
    """Create a company or change what is said of it; returns the data version, None if equal."""
    with store.change("edit", by) as change, database.workspace(change.files(["companies"])) as con:
        rows = con.table("companies").pl()
        old = rows.filter(pl.col("company") == name)
        known = old.row(0, named=True) if len(old) else {"sector": "other"}
        new = {
            "company": name,
            "sector": sector or known.get("sector"),
            "origin": origin or known.get("origin"),
            "employees": employees if employees is not None else known.get("employees"),
        }
        if len(old) and new == known:
            return None
        after = pl.concat(
            [rows.filter(pl.col("company") != name), pl.DataFrame([new], schema=rows.schema)]
        )
        change.write("companies", after.to_arrow())
        if len(old) and new["sector"] != known["sector"]:
            marts.rebuild(change, None)
        verb = "changes" if len(old) else "creates"
        return change.commit([{"summary": f"{verb} company {name}", "company": name}])


def decide(store: Store, decided: Sequence[Rule], by: str) -> int | None:
    """Add, change and take away rules in one change; returns the data version, None if all stood.

    Whatever a rule says holds for the whole history: the marts of the subjects it is about are
    made anew, and an older data version keeps answering by the rules of its time.
    """
    read = ("companies", "rules")
    with store.change("edit", by) as change, database.workspace(change.files(read)) as con:
        after, moved = with_rules(con.table("rules").pl(), decided, by)
        if not moved:
            return None
        change.write("rules", after.to_arrow())
        companies = sorted({rule.company for rule in moved})
        _add_companies(change, con, companies)
        subjects = {rule.subject for rule in moved}
        if subjects & MOVE_EVERYTHING:
            marts.rebuild(change, None)
            record_breaks(change, in_effect(store))
        elif subjects & MOVE_WORK:
            marts.rebuild_work(change)
        return change.commit(
            [
                {
                    "summary": _decided(moved),
                    "company": companies[0] if len(companies) == 1 else None,
                }
            ]
        )


def with_rules(
    rows: pl.DataFrame, decided: Sequence[Rule], by: str
) -> tuple[pl.DataFrame, list[Rule]]:
    """Return rows of the table `rules` as decided, and the rules that did not stand so already."""
    new = {_place(asdict(rule)): rule for rule in map(checked, decided)}
    old = {_place(row): row for row in rows.to_dicts()}
    moved = [rule for place, rule in new.items() if not _stands(old.get(place), rule)]
    stamp = {"author": by, "decided_at": datetime.now(UTC).replace(tzinfo=None)}
    for rule in moved:
        if rule.result is None:
            del old[_place(asdict(rule))]
        else:
            old[_place(asdict(rule))] = {**asdict(rule), **stamp}
    return pl.DataFrame(list(old.values()), schema=rows.schema), moved


def remember(
    store: Store,
    company: str,
    subject: str,
    field: str,
    pattern: str,
    result: str,
    by: str,
    *,
    priority: int | None = None,
) -> int | None:
    """Store one rule of an analyst; returns the new data version, None where it stood already.

    `subject` 'ai_use' marks a provider, service or account of a cloud bill as AI use,
    'service_owner' gives a service account its department, and 'authority' says which kind
    counts; for the others see leverage.rules.
    """
    return decide(store, [Rule(company, subject, field, pattern, result, priority)], by)


def _place(rule: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(rule[name] for name in ("company", "subject", "field", "pattern"))


def _stands(row: Mapping[str, Any] | None, rule: Rule) -> bool:
    """Tell whether the rule stands so already, or, where it is to go, does not stand."""
    if row is None or rule.result is None:
        return row is None and rule.result is None
    return (row["result"], row["priority"]) == (rule.result, rule.priority)


def _decided(rules: Sequence[Rule]) -> str:
    """Say in the history what was decided."""
    if len(rules) == 1:
        (rule,) = rules
        of = f"{rule.subject.replace('_', ' ')}: {rule.field} {rule.pattern}"
        return f"forgets {of}" if rule.result is None else f"remembers {of} is {rule.result}"
    counts: dict[str, int] = {}
    for rule in rules:
        counts[rule.subject] = counts.get(rule.subject, 0) + 1
    parts = ", ".join(f"{n} of {subject.replace('_', ' ')}" for subject, n in counts.items())
    return f"changes {len(rules)} rules: {parts}"


def choose_source(
    store: Store, company: str, vendor: str, account: str, measure: str, kind: str, by: str
) -> int | None:
    """Say which kind counts for the tokens or the cost of a vendor's account ('*': of all of them).

    It counts on the days it holds the measure; the rest, and all of it under the kind USUAL, goes
    by the usual rule. Returns the new data version, None where it was so already.
    """
    if kind != USUAL:
        with database.workspace(store.all_files(tables_at(store, store.newest()))) as con:
            of_vendor = (Column("company") == Constant(company)) & (
                Column("vendor") == Constant(vendor)
            )
            held = con.table("usage").filter(of_vendor).select("kind").distinct().fetchall()
            known = con.table("kinds").filter(Column("kind") == Constant(kind))
            is_foreign = known.select("is_foreign").fetchall() == [(True,)]
        if (kind,) not in held:
            raise ChangeRefused(
                title=f"No use of {vendor} by {company} comes from “{kind}”",
                found=", ".join(sorted(name for (name,) in held)) or "Nothing of it is loaded",
                next_step="Name one of the kinds that are loaded",
            )
        if is_foreign and account != "*":
            raise ChangeRefused(
                title=f"“{kind}” can count for all of {vendor} alone",
                found=f"It does not know the vendor's account {account}",
                next_step="Choose it for all accounts",
            )
    return remember(store, company, "authority", measure, f"{vendor}/{account}", kind, by)


# ---- who is who ----------------------------------------------------------------------------------


def suggestions(store: Store, company: str) -> list[tuple[str, str, str, str]]:
    """Return whose accounts no roster names, and who they may be: vendor, actor, person, reason.

    People under pseudonyms, as everywhere; for the loader, never for the server.
    """
    with database.workspace(store.all_files(tables_at(store, store.newest()))) as con:
        rows = _suggested(con, company).select("vendor, actor, person, reason")
        return list(rows.order("vendor, reason, actor").fetchall())


def confirm_matches(store: Store, company: str, vendor: str, reason: str, by: str) -> int | None:
    """Take the matches suggested at a vendor for one reason as true, for all months.

    They become aliases that no later roster replaces. Returns the new data version, None where
    there is nothing to confirm.
    """
    with store.change("edit", by) as change, database.workspace(change.files()) as con:
        found = _suggested(con, company).filter(
            (Column("vendor") == Constant(vendor)) & (Column("reason") == Constant(reason))
        )
        new = found.select(
            Column("company"),
            Constant(date.today()).alias("effective_date"),
            Constant(CONFIRMED).alias("kind"),
            Column("actor").alias("alias"),
            Column("reason").alias("alias_kind"),
            Column("person"),
        )
        many = _count(new)
        if not many:
            return None
        aliases = con.table("aliases")
        after = aliases.union(database.by_name("aliases", new)).to_arrow_table()
        change.write("aliases", after)
        marts.rebuild(change, None)
        summary = f"confirms {many:,} {_accounts(many)} of {vendor} by {reason.replace('_', ' ')}"
        return change.commit([{"summary": summary, "company": company}])


def take_back_matches(store: Store, company: str, vendor: str, reason: str, by: str) -> int | None:
    """Take back what was confirmed at a vendor for one reason; returns the new data version."""
    with store.change("edit", by) as change, database.workspace(change.files()) as con:
        at_vendor = con.table("usage").filter(
            (Column("company") == Constant(company)) & (Column("vendor") == Constant(vendor))
        )
        used = at_vendor.select("actor").union(at_vendor.select("key_actor"))
        actors = used.distinct().fetchall()
        gone = (
            (Column("company") == Constant(company))
            & (Column("kind") == Constant(CONFIRMED))
            & (Column("alias_kind") == Constant(reason))
            & Column("alias").isin(Constant(""), *(Constant(actor) for (actor,) in actors if actor))
        )
        aliases = con.table("aliases")
        many = _count(aliases.filter(gone))
        if not many:
            return None
        change.write("aliases", aliases.filter(~gone).to_arrow_table())
        marts.rebuild(change, None)
        summary = f"takes back {many:,} {_accounts(many)} of {vendor} by {reason.replace('_', ' ')}"
        return change.commit([{"summary": summary, "company": company}])


def _suggested(con: duckdb.DuckDBPyConnection, company: str) -> duckdb.DuckDBPyRelation:
    for name in ("identities_now", "key_owners", "suggested"):
        con.sql(queries.get("marts", name).sql).create_view(name)
    return con.table("suggested").filter(Column("company") == Constant(company))


def _accounts(n: int) -> str:
    return "account" if n == 1 else "accounts"


# ---- relations ---------------------------------------------------------------------------------


def tables_at(store: Store, number: int) -> dict[str, int]:
    """Return the version of every table but the log at a data version."""
    versions = store.table_versions(number)
    return {table: version for table, version in versions.items() if table != "loads"}


def _count(rows: duckdb.DuckDBPyRelation) -> int:
    return int(rows.aggregate("count(*)").fetchall()[0][0])


def _as_json(value: object) -> str:
    return json.dumps(value, default=str, sort_keys=True)
