"""Recognise, map and check files into a stage: everything a load needs, and nothing stored yet."""

import json
import shutil
import tempfile
import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from functools import partial, reduce
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
from duckdb import ColumnExpression as Column
from duckdb import ConstantExpression as Constant
from duckdb import FunctionExpression as Function

from leverage import database, queries
from leverage.errors import FileRefused, ReportError
from leverage.intake import companies, described, formats, kinds, mapping
from leverage.intake import raw as raw_tables
from leverage.intake.archives import Part
from leverage.intake.kinds import Kind, month_span
from leverage.store import FileReport, Group, Span, Stage, Store, changes
from leverage.store.key import Key
from leverage.store.stage import KEPT_HOURS, LEFT_OUT, plain

MAIN = "main"
NO_ORDER = Constant(None).cast("varchar")
MOST_DAYS = 800  # of a stated period; more is a slip of the pen
# How many statements of a phase take long with a large file; see database.watched.
MAPPING_STATEMENTS = 6
ROLLING_UP_STATEMENTS = 2
# What the store knows that tells what a file is and whose.
RECOGNISED_BY = ("companies", "rules", "mappings", "usage")
LARGE_ROWS = 50_000  # of a file; its rows stay where they were mapped


@dataclass(frozen=True)
class Options:
    """What a person says beside the files; None is not said."""

    company: str | None = None
    account: str | None = None
    kind: str | None = None
    period: tuple[date, date] | None = None
    dates: str | None = None
    mapping: str | None = None  # one that is not saved, as JSON, to see what it would make
    by: str = ""


def stage(
    data_root: Path,
    store: Store,
    paths: Sequence[Path],
    said: Options | Sequence[Options],
    progress: database.Progress = database.silent,
    names: Sequence[str] | None = None,
    today: date | None = None,
    drafts: Path | None = None,
) -> Stage:
    """Recognise, map and check the files; returns the stage, refused files among its reports.

    `said` holds for all files, or is one for each. `names` are the names people gave the files,
    where the paths are copies under other names. Until it is whole the stage lies in `drafts`, a
    folder of the same file system, where one is given.
    """
    drop_old(data_root)
    key = store.key
    staging = data_root / "staging"
    staging.mkdir(parents=True, exist_ok=True)
    reports: list[FileReport] = []
    mapped: dict[int, Kind] = {}
    gathered: dict[str, set[str]] = {}
    left: list[pl.DataFrame] = []

    def refuse_member(part: Part, error: FileRefused) -> None:
        reports.append(_refused(FileReport(part.name, part.digest), error))

    loads = changes.in_effect(store)
    with database.workspace() as con, store_relations(store) as stored:
        mapping.prepare(con)
        for position, path in enumerate(paths):
            options = said if isinstance(said, Options) else said[position]
            name = names[position] if names else path.name
            progress("reading", position, len(paths))
            try:
                theirs = _described(stored, options)
                is_known = partial(kinds.is_known_header, described=theirs)
                with database.watched(con, progress, "reading bytes", path.stat().st_size):
                    read = formats.read(con, path, name, is_known, kinds.may_repeat, refuse_member)
            except ReportError as error:
                reports.append(_refused(FileReport(name, _digest(path)), error))
                continue
            for raw in read:
                report = FileReport(raw.name, raw.digest)
                report.period = [day.isoformat() for day in options.period or ()] or None
                report.dates = options.dates
                reports.append(report)
                number = len(reports) - 1
                try:
                    with database.watched(
                        con, progress, "mapping lines", raw.records, MAPPING_STATEMENTS
                    ):
                        done, rows = _map(
                            con,
                            stored,
                            raw,
                            report,
                            number,
                            options,
                            theirs,
                            key,
                            today or date.today(),
                            loads,
                            left,
                        )
                except ReportError as error:
                    _refused(report, error)
                    continue
                mapped[number] = done.kind
                gathered.setdefault(done.kind.table, set()).add(rows)
                progress("mapped", report.rows_taken, report.rows_in)
            raw_tables.drop(con)
        wanted = {number: reports[number] for number in mapped}
        stage_id = _stage_id(reports, said)
        folder = Path(tempfile.mkdtemp(prefix="draft-", dir=drafts or staging))
        groups = [_group(numbers, reports, mapped[numbers[0]]) for numbers in _grouped(wanted)]
        result = Stage(folder, stage_id, reports, groups)
        n_taken = sum(report.rows_taken for report in reports)
        with database.watched(con, progress, "rolling up lines", n_taken, ROLLING_UP_STATEMENTS):
            _write(con, result, gathered)
    if left:
        pl.concat(left).write_parquet(folder / "left_out.parquet")
    result.save()
    result.move(staging / stage_id)
    progress("staged", n_taken, sum(report.rows_in for report in reports))
    return result


def drop_old(data_root: Path) -> None:
    """Delete stages older than KEPT_HOURS: they hold rejected lines as people wrote them."""
    for folder in (data_root / "staging").glob("*"):
        if time.time() - folder.stat().st_mtime > KEPT_HOURS * 3600:
            shutil.rmtree(folder, ignore_errors=True)


def store_relations(store: Store, *more: str) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
    """Open what the newest data version holds to recognise and fill files by, and `more` tables."""
    versions = store.table_versions(store.newest())
    return database.workspace(store.all_files(versions, {*RECOGNISED_BY, *more}))


def _refused(report: FileReport, error: ReportError) -> FileReport:
    report.refused = error.parts()
    return report


def _digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _stage_id(reports: Sequence[FileReport], said: Options | Sequence[Options]) -> str:
    options = [said] if isinstance(said, Options) else said
    digests = sorted(report.digest for report in reports)
    text = json.dumps([digests, *map(asdict, options)], default=plain)
    return sha256(text.encode()).hexdigest()[:16]


# ---- one file ----------------------------------------------------------------------------------


def _map(
    con: duckdb.DuckDBPyConnection,
    stored: duckdb.DuckDBPyConnection,
    raw: formats.Raw,
    report: FileReport,
    number: int,
    options: Options,
    theirs: Mapping[str, Kind],
    key: Key,
    today: date,
    loads: Sequence[dict[str, Any]],
    left: list[pl.DataFrame],
) -> tuple[mapping.Mapped, str]:
    """Map one file; returns what became of it and where its rows lie.

    Its lines that are not taken are added to `left`, also where it is then refused for them.
    """
    kind, raw = recognised(con, raw, options.kind, theirs)
    report.kind, report.title, report.mapping = kind.name, kind.title, kind.mapping
    if raw.is_nested:
        raw = formats.flatten(con, raw, kind.header.get("records"), kind.inherits)
    report.company = companies.resolve(stored, options.company, _named_company(con, raw, kind))
    if not raw.records:
        _refuse_no_rows(con, report, kind, raw, options)
    options = _as_before(loads, report, options)
    marks = companies.marks(stored, report.company)
    done = mapping.map_rows(
        con,
        mapping.Source(
            raw.table,
            raw.columns,
            raw.records,
            {bad.line: bad.reason for bad in raw.ragged},
            raw.name,
        ),
        kind,
        key,
        number=number,
        dates=options.dates,
        marks=marks,
        period=options.period,
        today=today,
    )
    report.rows_in, report.rows_taken = done.rows_in, done.rows_taken
    report.rows_set_aside = sum(left.what == "set aside" for left in done.left_out)
    report.rows_rejected = len(done.left_out) - report.rows_set_aside
    report.reasons = done.reasons()
    report.totals = {**done.totals, "credits": done.credits} if done.totals else {}
    report.meanings = [list(map(str, meaning)) for meaning in done.meanings]
    report.columns = _header(raw, kind, done)
    if done.dropped_columns:
        report.notes.append(
            "Columns dropped because they hold addresses: " + ", ".join(done.dropped_columns)
        )
    if done.unknown_columns:
        report.notes.append("Columns kept as they are: " + ", ".join(done.unknown_columns))
    if done.unread_columns:
        # Deeper keys can be names of files, and of people.
        tops = dict.fromkeys(".".join(name.split(".")[:2]) for name in done.unread_columns)
        if kind.is_described:
            why = "because its mapping leaves them out"
        elif kind.holds_prompts:
            why = "because such a file can hold prompts"
        else:
            why = "because they are not about the use of AI"
        report.notes.append(f"Columns not read, {why}: " + kinds.listed(tops))
    if kind.header.get("marks"):
        report.marks = _markable(con, raw, kind)
    left.append(_lines_left_out(raw, kind, done))
    _refuse_nothing(report, kind)
    rows = _filled(con, stored, kind, report, done, number, options)
    report.spans = _covered(con, rows, kind, report, raw, options, today)
    return done, _gather(con, rows, done)


def _lines_left_out(raw: formats.Raw, kind: Kind, done: mapping.Mapped) -> pl.DataFrame:
    """Return the lines of a file that are not taken, with their text unless it can hold prompts."""
    originals = raw.original(set() if kind.holds_prompts else {line.line for line in done.left_out})
    return pl.DataFrame(
        [
            (raw.name, line.line, line.what, line.reason, originals.get(line.line, ""))
            for line in done.left_out
        ],
        schema=LEFT_OUT,
        orient="row",
    )


def _header(raw: formats.Raw, kind: Kind, done: mapping.Mapped) -> list[str] | None:
    """Return the columns of a file of use whose format states them: its known and its kept ones."""
    if kind.table != "usage" or raw.format in ("json", "ndjson"):
        return None
    spelled = kind.spelled(raw.columns)
    known = {spelled[name.lower()] for name in kind.columns if name.lower() in spelled}
    return [name for name in raw.columns if name in known or name in done.unknown_columns]


def _described(stored: duckdb.DuckDBPyConnection, options: Options) -> dict[str, Kind]:
    """Return the kinds that people have described; one that is being tried stands for its name."""
    saved = described.saved(stored, options.company)
    if options.mapping is None:
        return saved
    tried = described.parse(json.loads(options.mapping)).kind
    rivals = [name for name, kind in saved.items() if kind.signature == tried.signature]
    return {name: kind for name, kind in saved.items() if name not in rivals} | {tried.name: tried}


def recognised(
    con: duckdb.DuckDBPyConnection,
    raw: formats.Raw,
    forced: str | None,
    theirs: Mapping[str, Kind],
) -> tuple[Kind, formats.Raw]:
    """Return the kind of a file, and the file flat where people described it by its columns.

    Nested JSON that is no export of ours is read as the one list of records it holds.
    """
    try:
        names = raw.columns or tuple(formats.all_keys(raw.document))
        return kinds.recognise(names, raw.literals, forced, theirs), raw
    except FileRefused:
        if not raw.is_nested or not theirs:
            raise
    flat = formats.flatten(con, raw, None)
    return kinds.recognise(flat.columns, None, forced, theirs), flat


def _as_before(loads: Sequence[dict[str, Any]], report: FileReport, options: Options) -> Options:
    """Return the options with the account under which the very same file is loaded already.

    A file that says no account was stored under one that others may have joined since; handed in
    again it is still the same file, and nothing has to be asked.
    """
    if options.account is not None:
        return options
    accounts = {
        account
        for load in loads
        if (load["kind"], load["company"]) == (report.kind, report.company)
        for file in load["files"]
        if file["digest"] == report.digest
        for account, _, _ in file["spans"]
    }
    return replace(options, account=accounts.pop()) if len(accounts) == 1 else options


def _named_company(con: duckdb.DuckDBPyConnection, raw: formats.Raw, kind: Kind) -> str | None:
    """Return the company the file itself names, where its kind has such a column."""
    column = kind.header.get("company")
    there = kind.spelled(raw.columns).get(str(column).lower())
    if there is None:
        return None
    cells = con.table(raw.table).select(Function("as_text", Column(there))).distinct().fetchall()
    # Where files were put together the header stands among their lines; it is set aside later.
    found = sorted(name for (name,) in cells if name and name.casefold() != there.casefold())
    if len(found) > 1:
        raise FileRefused(
            title=f"{raw.name} names several companies",
            found=", ".join(found),
            next_step="Save one file for each company and load them one by one",
        )
    return found[0] if found else None


def _markable(con: duckdb.DuckDBPyConnection, raw: formats.Raw, kind: Kind) -> dict[str, list[str]]:
    """Return the values an analyst could mark as AI use, by field."""
    there = kind.spelled(raw.columns)
    found: dict[str, list[str]] = {}
    for field_name, columns in kind.header["marks"].items():
        values: set[str] = set()
        for column in columns:
            if column.lower() in there:
                cell = Function("as_text", Column(there[column.lower()]))
                rows = con.table(raw.table).select(cell).distinct().limit(200).fetchall()
                values |= {value for (value,) in rows if value}
        found[field_name] = sorted(values)
    return found


def _filled(
    con: duckdb.DuckDBPyConnection,
    stored: duckdb.DuckDBPyConnection,
    kind: Kind,
    report: FileReport,
    done: mapping.Mapped,
    number: int,
    options: Options,
) -> duckdb.DuckDBPyRelation:
    """Return the rows with their company, kind and account, and a roster's effective date.

    They stand under the file's number, as `file`.
    """
    rows = con.table(done.rows)
    values: dict[str, duckdb.Expression] = {"company": Constant(report.company)}
    if kind.table == "usage":
        values["kind"] = Constant(kind.name)
        values["vendor"] = duckdb.CoalesceOperator(
            Column("vendor"), Constant(kind.header.get("vendor", "unknown"))
        )
        unnamed = rows.filter(Column("account").isnull()).limit(1).fetchall()
        account = (
            companies.account(stored, kind, str(report.company), options.account)
            if unnamed or not report.rows_taken
            else options.account
        )
        values["account"] = duckdb.CoalesceOperator(Column("account"), Constant(account or MAIN))
    if kind.table != "usage" and "kind" in rows.columns:
        values["kind"] = Constant(kind.name)
        values["account"] = duckdb.CoalesceOperator(
            Column("account"), Constant(options.account or MAIN)
        )
    if (
        kind.time == "effective_date"
        and rows.filter(Column("effective_date").isnull()).limit(1).fetchall()
    ):
        if options.period is None:
            raise FileRefused(
                title=f"{report.name} does not say from when it holds",
                found="It has no effective_date, or the column is empty in some lines",
                next_step="Say it with --period YYYY-MM, or add the column",
            )
        values["effective_date"] = duckdb.CoalesceOperator(
            Column("effective_date"), Constant(options.period[0])
        )
    columns = [
        values[name].cast(dtype).alias(name) if name in values else name
        for name, dtype in zip(rows.columns, rows.types, strict=True)
    ]
    return rows.select(Constant(number).cast("bigint").alias("file"), *columns)


def _gather(
    con: duckdb.DuckDBPyConnection, rows: duckdb.DuckDBPyRelation, done: mapping.Mapped
) -> str:
    """Put a file's rows with those of the other files of its table; returns the relation's name.

    Rows of many small files that lie in one relation are rolled up, priced and written much faster
    than relation by relation. Those of a large file are not copied for that.
    """
    name = f"gathered_{done.kind.table}"
    if done.rows_taken >= LARGE_ROWS:
        rows.create_view(f"{name}_{done.rows}")
        return f"{name}_{done.rows}"
    try:
        rows.insert_into(name)
    except duckdb.CatalogException:
        rows.create(name)
    done.drop(con)
    return name


def _stated(
    con: duckdb.DuckDBPyConnection, kind: Kind, raw: formats.Raw, options: Options
) -> tuple[date, date] | None:
    """Return the days the file is said to cover: by a person, by its name, or by its buckets."""
    return options.period or kind.period_in_name(raw.name) or _bucket_days(con, kind, raw)


def _covered(
    con: duckdb.DuckDBPyConnection,
    rows: duckdb.DuckDBPyRelation,
    kind: Kind,
    report: FileReport,
    raw: formats.Raw,
    options: Options,
    today: date,
) -> list[Span]:
    """Return the days the file covers in each account it holds."""
    account = Constant(MAIN) if kind.account is None else Column(kind.account)
    if kind.time == "month":
        months = rows.select(account.alias("account"), Column("month")).distinct().fetchall()
        return sorted(Span(name, *month_span(month)) for name, month in months)
    if kind.time == "effective_date":
        days = rows.select("effective_date").distinct().fetchall()
        return sorted(Span(MAIN, day, day) for (day,) in days)
    ends = Column("day")
    if "period_end" in rows.columns:
        ends = duckdb.CoalesceOperator(Column("period_end"), Column("day"))
    held = (
        rows.select(account.alias("account"), Column("day"), ends.alias("last"))
        .aggregate("account, min(day), max(last)", "account")
        .fetchall()
    )
    stated = _stated(con, kind, raw, options)
    if not held and stated:
        name = options.account or MAIN
        return [Span(name, stated[0], min(stated[1], today))]
    spans = []
    for name, first, last in sorted(held):
        if options.period and not (options.period[0] <= first and last <= options.period[1]):
            raise FileRefused(
                title=f"{report.name} holds days outside the period you gave",
                found=f"Its rows run from {first} to {last}; the period is {options.period[0]} "
                f"to {options.period[1]}",
                next_step="Correct --period, or leave it out",
            )
        if stated:
            # A month's file that was exported before the month ended covers no day to come.
            first, last = min(first, stated[0]), max(last, min(stated[1], today))
        spans.append(Span(name, first, last))
    return spans


def _bucket_days(
    con: duckdb.DuckDBPyConnection, kind: Kind, raw: formats.Raw
) -> tuple[date, date] | None:
    """Return the days of an API page's buckets: one without results still says "no use"."""
    column = str(kind.header.get("day"))
    stamps = [parent[column] for parent in raw.empty_parents if parent.get(column)]
    dtype = kind.columns.get(column)
    if not stamps or dtype not in ("epoch", "time"):
        return None
    cells = con.from_arrow(pl.DataFrame({"cell": stamps}).to_arrow())
    cell = Function("as_text", Column("cell"))
    read = Function("as_epoch", cell) if dtype == "epoch" else Function("as_time", cell, NO_ORDER)
    days = cells.select(read.cast("date").alias("day"))
    first, last = days.aggregate("min(day), max(day)").fetchall()[0]
    return None if first is None else (first, last)


def _refuse_nothing(report: FileReport, kind: Kind) -> None:
    """Refuse a file of which no line was taken, though it has some."""
    if report.rows_taken:
        return
    counts = "; ".join(f"{n} {reason}" for reason, n in report.reasons.items())
    found = f"{report.rows_in} line{'s' if report.rows_in > 1 else ''}: {counts}"
    if report.rows_rejected:
        raise FileRefused(
            title=f"No line of {report.name} could be taken",
            found=found,
            next_step="Export it again without opening it in a spreadsheet, or look at the "
            "rejected lines with --rejects FILE",
        )
    if report.rows_set_aside:
        about = "Nothing here is AI use" if kind.header.get("marks") else "Nothing here is use"
        advice = str(kind.header.get("advice", "Check that the export covers days with use"))
        raise FileRefused(
            title=f"{about}: every line of {report.name} was set aside",
            found=found,
            next_step="Mark the provider, service or account that is AI use on the Data page, or "
            "with “python -m leverage mark”, then load the file again"
            if kind.header.get("marks")
            else advice.strip(),
        )


def _refuse_no_rows(
    con: duckdb.DuckDBPyConnection,
    report: FileReport,
    kind: Kind,
    raw: formats.Raw,
    options: Options,
) -> None:
    """Refuse a file without rows, unless it is known which days had nothing to tell."""
    has_days = kind.time == "day"
    if not has_days or _stated(con, kind, raw, options) is None:
        raise FileRefused(
            title=f"{report.name} has a header and no rows",
            found=f"Its header is that of “{kind.title}”",
            next_step="If there was no use in that time, say which time with --period"
            if has_days
            else "Add its rows; a file without any would change nothing",
        )


# ---- groups ------------------------------------------------------------------------------------


def _grouped(reports: dict[int, FileReport]) -> list[list[int]]:
    """Return the files that go together: one kind and company, sharing a day of an account.

    Of files with identical bytes the first stands for all.
    """
    seen: set[tuple[str, str | None, str | None]] = set()
    groups: list[list[int]] = []
    for number, report in reports.items():
        same = (report.digest, report.kind, report.company)
        if same in seen:
            report.notes.append("The same file was given twice; it counts once")
            report.rows_taken = report.rows_in = report.rows_set_aside = report.rows_rejected = 0
            continue
        seen.add(same)
        joined = [
            group
            for group in groups
            if any(
                (reports[other].kind, reports[other].company) == (report.kind, report.company)
                and any(a.overlaps(b) for a in reports[other].spans for b in report.spans)
                for other in group
            )
        ]
        groups = [group for group in groups if group not in joined]
        groups.append(sorted([number, *(n for group in joined for n in group)]))
    return sorted(groups)


def _group(numbers: list[int], reports: list[FileReport], kind: Kind) -> Group:
    return Group(
        kind=kind.name,
        table=kind.table,
        company=str(reports[numbers[0]].company),
        spans=sorted({span for number in numbers for span in reports[number].spans}),
        files=numbers,
    )


def _write(
    con: duckdb.DuckDBPyConnection, result: Stage, gathered: Mapping[str, Collection[str]]
) -> None:
    """Write the rows of the stage's groups, and the aliases that rosters name.

    `gathered` names the relations with the rows of each table.
    """
    places = pl.DataFrame(
        [(number, place) for place, group in enumerate(result.groups) for number in group.files],
        schema={"file": pl.Int64, "load_id": pl.Int64},
        orient="row",
    )
    con.from_arrow(places.to_arrow()).create("places")
    for table in sorted({group.table for group in result.groups}):
        parts = map(con.table, sorted(gathered[table]))
        rows = reduce(duckdb.DuckDBPyRelation.union, parts).join(con.table("places"), "file")
        if table == "usage":
            staged = _priced(con, rows)
        else:
            renamed = (
                Column("line").alias("first_line") if name == "line" else Column(name)
                for name in rows.columns
                if name not in ("file", *mapping.ALIASES)
            )
            staged = rows.select(*renamed)
        staged.write_parquet(str(result.path(table)), compression="snappy")
        if table == "people":
            path = str(result.path("identities"))
            _identities(con, rows).write_parquet(path, compression="snappy")
        if table == "usage":
            forms = con.sql(queries.get("intake", "actor_forms").sql)
            forms.write_parquet(str(result.path("actor_forms")), compression="snappy")


def _priced(
    con: duckdb.DuckDBPyConnection, rows: duckdb.DuckDBPyRelation
) -> duckdb.DuckDBPyRelation:
    """Return usage rolled up to the store's grain and priced."""
    # Here, because the list of prices takes long to import, and edits and other tables need none.
    from leverage.intake import prices

    rows.create_view("mapped")
    used = con.sql(queries.get("intake", "models_to_price").sql).fetchall()
    con.from_arrow(prices.price_table(used).to_arrow()).create("prices")
    con.sql(queries.get("intake", "described").sql).create_view("described")
    con.sql(queries.get("intake", "several").sql).create("several")
    con.sql(queries.get("intake", "usage_rows").sql).create_view("usage_rows")
    return con.sql(queries.get("intake", "priced").sql)


def _identities(
    con: duckdb.DuckDBPyConnection, rows: duckdb.DuckDBPyRelation
) -> duckdb.DuckDBPyRelation:
    """Return the aliases a roster names and the forms of its people's names, one row each."""
    rows.create_view("rostered")
    of_kinds = [
        rows.filter(Column(name).isnotnull() & (Column(name) != Column("person"))).select(
            Column("company"),
            Column("effective_date"),
            Column(name).alias("alias"),
            Constant(name).alias("alias_kind"),
            Column("person"),
            Column("load_id"),
        )
        for name in mapping.ALIASES
    ]
    return reduce(
        duckdb.DuckDBPyRelation.union,
        [*of_kinds, con.sql(queries.get("intake", "person_forms").sql)],
    )


def parse_period(text: str) -> tuple[date, date]:
    """Read 'YYYY-MM' or 'FROM..TO' (ISO dates) as first and last day."""
    try:
        if ".." in text:
            first, last = (date.fromisoformat(end) for end in text.split("..", 1))
        else:
            first, last = month_span(text)
    except ValueError as error:
        raise FileRefused(
            title=f"“{text}” is not a period",
            next_step="Write YYYY-MM, or FROM..TO with dates as 2026-06-01..2026-06-14",
        ) from error
    if last < first or last - first > timedelta(days=MOST_DAYS):
        why = "It ends before it starts" if last < first else f"It is longer than {MOST_DAYS} days"
        raise FileRefused(
            title=f"“{text}” is not a period",
            found=why,
            next_step="Write the first and the last day the file covers",
        )
    return first, last
