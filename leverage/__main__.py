"""The command line: one door for schedulers, for the Data page and for tests."""

import argparse
import csv
import getpass
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leverage import rules
from leverage.errors import FileRefused, ReportError
from leverage.loading import Cancel, working_folder
from leverage.log import log_line

if TYPE_CHECKING:
    import polars as pl

    from leverage.store import Store

DEFAULT_ROOT = Path(__file__).parents[1] / "data"
# By what an account, or a key, may be matched with a person, the closest first.
REASONS = ("local_part", "letters", "initial", "key_name")
# The fields of each thing that can be marked.
MARKED = {
    "ai-use": ("provider", "service", "account"),
    "service-owner": ("service",),
    "source": ("tokens", "cost"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns 0 done, 1 refused (reason on standard error), 2 wrong usage."""
    given = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = given.run
    try:
        return run(given)
    except ReportError as error:
        log_line("refused", command=given.command, error=type(error).__name__)
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        # DuckDB's own error is told by its name: importing DuckDB for it would slow every start.
        if not isinstance(error, MemoryError) and type(error).__name__ != "OutOfMemoryException":
            raise
        log_line("refused", command=given.command, error="MemoryError")
        print(
            "There was not enough memory for this file. Split it by month and load the parts.",
            file=sys.stderr,
        )
        return 1


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--data-root",
        type=Path,
        default=Path(os.environ.get("DATA_ROOT") or DEFAULT_ROOT),
        metavar="DIR",
        help="where the store lives (default: DATA_ROOT, else data/)",
    )
    parser = argparse.ArgumentParser(prog="python -m leverage", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        made = commands.add_parser(
            name, parents=[common], help=run.__doc__, description=run.__doc__
        )
        made.set_defaults(run=run)
        return made

    load = command("load", _load)
    load.add_argument("files", nargs="*", type=Path, metavar="FILE")
    load.add_argument("--company", metavar="NAME", help="default: the only company there is")
    load.add_argument("--account", metavar="ID", help="the vendor account, where no column says")
    load.add_argument("--kind", metavar="K", help="default: recognised from the header")
    load.add_argument("--period", metavar="YYYY-MM|FROM..TO", help="the days the file covers")
    load.add_argument("--dates", choices=["mdy", "dmy"], help="how slashed dates are read")
    load.add_argument("--mapping", type=Path, metavar="FILE", help="try one that is not saved yet")
    load.add_argument("--by", metavar="NAME", help="who loads (default: the user of this machine)")
    load.add_argument("--dry-run", action="store_true", help="say what would happen, store nothing")
    load.add_argument("--stage", action="store_true", help="prepare the load, store nothing yet")
    load.add_argument("--staged", metavar="ID", help="store what was staged under this id")
    load.add_argument("--rejects", type=Path, metavar="FILE", help="write lines not taken as CSV")
    load.add_argument("--json", action="store_true", help="one JSON object a line")
    load.add_argument("--name", action="append", metavar="NAME", help=argparse.SUPPRESS)

    ask = command("ask", _ask)
    ask.add_argument("question", nargs="?", help="without one, the questions are listed")
    ask.add_argument("--where", action="append", default=[], metavar="KEY=VALUE")
    ask.add_argument("--format", choices=["table", "csv", "json"], default="table")

    company = command("company", _company)
    company.add_argument("name")
    company.add_argument("--sector", choices=_sectors())
    company.add_argument("--origin", choices=["AI-native", "enterprise"])
    company.add_argument("--employees", type=_positive, metavar="N")
    company.add_argument("--by", metavar="NAME")

    mark = command("mark", _mark)
    mark.add_argument("subject", choices=list(MARKED))
    mark.add_argument(
        "field",
        help="provider, service or account; for service-owner: service; for source: tokens or cost",
    )
    mark.add_argument(
        "value",
        help="the exact value, as the export writes it; for source: VENDOR/ACCOUNT, or VENDOR/* "
        "for all accounts",
    )
    mark.add_argument("--department", help="for service-owner: the department that owns it")
    mark.add_argument("--kind", help="for source: the kind that counts, or usual")
    mark.add_argument("--company", metavar="NAME")
    mark.add_argument("--by", metavar="NAME")

    rule = command("rule", _rule)
    rule.add_argument("subject", nargs="?", choices=list(rules.FIELDS), metavar="SUBJECT")
    rule.add_argument("field", nargs="?", help="the column it looks at, as workspace or role")
    rule.add_argument("pattern", nargs="?", help="its text; * is any text, ? one character")
    rule.add_argument("result", nargs="?", help="what then holds; for autonomy 0 to 3")
    rule.add_argument("--priority", type=int, metavar="N", help="the lowest that matches wins")
    rule.add_argument("--remove", action="store_true", help="take the rule away")
    rule.add_argument("--file", type=Path, metavar="CSV", help="decide all its rules at once")
    rule.add_argument(
        "--dry-run", action="store_true", help="say what it would move, store nothing"
    )
    rule.add_argument("--json", action="store_true", help="with --dry-run, for programs")
    rule.add_argument("--company", metavar="NAME")
    rule.add_argument("--by", metavar="NAME")

    alert = command("alert", _alert)
    alert.add_argument("alert", nargs="?", metavar="ALERT", help="as the list names it")
    alert.add_argument("--state", choices=["open", "accepted", "done"])
    alert.add_argument("--owner", metavar="OFFICE", help="an office or a role; empty for none")
    alert.add_argument("--note", metavar="TEXT", help="why; an accepted alert needs one")
    alert.add_argument("--month", metavar="YYYY-MM", help="default: the newest whole month")
    alert.add_argument("--company", metavar="NAME")
    alert.add_argument("--by", metavar="NAME")

    assume = command("assume", _assume)
    assume.add_argument("assumption", metavar="NAME", help="such as maturity.breadth.75")
    assume.add_argument("mode", nargs="?", type=float, metavar="VALUE", help="the likeliest value")
    assume.add_argument("--low", type=float, help="the lowest value still believed")
    assume.add_argument("--high", type=float, help="the highest value still believed")
    assume.add_argument("--unit", default="", help="of the values")
    assume.add_argument(
        "--why", required=True, metavar="TEXT", help="study, measurement, judgement"
    )
    assume.add_argument(
        "--grade", default="D", choices=["A", "B", "C", "D"], help="of the evidence"
    )
    assume.add_argument("--workflow", metavar="W")
    assume.add_argument("--role", metavar="R")
    assume.add_argument(
        "--from", dest="day", type=date.fromisoformat, metavar="DAY", help="default: today"
    )
    assume.add_argument("--company", metavar="NAME")
    assume.add_argument("--by", metavar="NAME")

    who = command("identities", _identities)
    who.add_argument("--company", metavar="NAME")
    who.add_argument("--vendor", metavar="V", help="for --confirm and --take-back")
    told = who.add_mutually_exclusive_group()
    told.add_argument("--suggested", action="store_true", help="each match, under pseudonyms")
    told.add_argument("--confirm", choices=REASONS, metavar="REASON", help=", ".join(REASONS))
    told.add_argument("--take-back", choices=REASONS, metavar="REASON")
    who.add_argument("--by", metavar="NAME")

    mapping = command("mapping", _mapping)
    mapping.add_argument("action", choices=["list", "show", "save", "columns"])
    mapping.add_argument("what", nargs="?", help="show: a name; save, columns: a file")
    mapping.add_argument("--company", metavar="NAME", help="save: for this company alone")
    mapping.add_argument("--json", action="store_true", help="JSON instead of YAML and sentences")
    mapping.add_argument("--by", metavar="NAME")
    mapping.add_argument("--name", metavar="NAME", help=argparse.SUPPRESS)

    command("loads", _loads)
    undo = command("undo", _undo)
    undo.add_argument("number", type=int, metavar="N")
    undo.add_argument("--by", metavar="NAME")
    command("kinds", _kinds)
    sample = command("sample", _sample)
    sample.add_argument("--keep-files", type=Path, metavar="DIR", help="keep the exports there")
    sample.add_argument(
        "--unless-loaded",
        action="store_true",
        help="do nothing, in silence, where there are data already",
    )
    clean = command("clean-up", _clean_up)
    clean.add_argument(
        "--keep", type=_positive, default=60, metavar="N", help="data versions to keep"
    )
    clean.add_argument("--by", metavar="NAME")
    return parser


def _sectors() -> list[str]:
    path = Path(__file__).parents[1] / "data" / "reference" / "sectors.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [row["sector"] for row in csv.DictReader(file)]


def _positive(text: str) -> int:
    """Read a number of at least 1; anything else is wrong usage."""
    if not text.isascii() or not text.isdecimal() or int(text) < 1:
        msg = f"“{text}” is not a whole number of at least 1"
        raise argparse.ArgumentTypeError(msg)
    return int(text)


def _who(given: argparse.Namespace) -> str:
    """Return who acts: as stated, else the user of this machine. Nobody has verified it."""
    return str(given.by or getpass.getuser())


# ---- load --------------------------------------------------------------------------------------


def _load(given: argparse.Namespace) -> int:
    """Load export files: recognise, map, check and store them."""
    if bool(given.files) == bool(given.staged):
        print("load: name files, or a staged load with --staged ID", file=sys.stderr)
        return 2
    if given.mapping and not given.dry_run:
        print(
            "load: --mapping only tries a mapping, with --dry-run; “mapping save FILE” keeps it",
            file=sys.stderr,
        )
        return 2
    say = _Teller(given.json)
    with Cancel(say.cancelled) as cancel, working_folder(given.data_root) as folder:
        cancel.folders.append(folder)
        try:
            return _load_in(folder, given, say, cancel)
        finally:
            say.end_progress()


def _load_in(folder: Path, given: argparse.Namespace, say: "_Teller", cancel: Cancel) -> int:
    from leverage import database
    from leverage.intake import staging
    from leverage.store import Stage, Store, changes

    database.spill_under(folder)
    store = Store.create(given.data_root / "store")
    store.committing = cancel.commit
    by = _who(given)
    if given.staged:
        stage = Stage.open(given.data_root, given.staged)
    else:
        missing = [path for path in given.files if not path.is_file()]
        if missing:
            raise FileRefused(
                title=f"There is no file {missing[0]}", next_step="Check the path and try again"
            )
        options = staging.Options(
            company=given.company,
            account=given.account,
            kind=given.kind,
            period=staging.parse_period(given.period) if given.period else None,
            dates=given.dates,
            mapping=_unsaved(given.mapping) if given.mapping else None,
            by=by,
        )
        stage = staging.stage(
            given.data_root,
            store,
            given.files,
            options,
            say.progress,
            names=given.name,
            drafts=folder,
        )
    cancel.folders.append(stage.folder)
    if given.rejects:
        try:
            stage.left_out().write_csv(given.rejects)
        except OSError as error:
            raise ReportError(
                title=f"The rejected lines could not be written to {given.rejects}",
                found=error.strerror or str(error),
                next_step="Name a file in a folder that exists; nothing was stored",
            ) from error
    refused = [file for file in stage.files if file.refused]
    failed = bool(refused)
    group_of = {number: place for place, group in enumerate(stage.groups) for number in group.files}
    if given.stage or given.dry_run:
        outcome: dict[int, tuple[str, int | None]] = {
            position: (seen.sentence(), None)
            for seen in changes.preview(store, stage)
            for position in seen.group.files
        }
        if given.stage:
            say.event("staged", id=stage.id)
        else:
            stage.discard()
    else:
        outcome = {}
        for done in changes.load(store, stage, by, say.waiting, say.progress):
            for position in done.group.files:
                if done.refused is not None:
                    failed = True
                    stage.files[position].refused = done.refused.parts()
                elif done.preview is not None:
                    outcome[position] = (done.preview.sentence(), done.number)
        stage.discard()
    for position, file in enumerate(stage.files):
        sentence, version = outcome.get(position, (None, None))
        say.file(file, sentence, version, group_of.get(position))
        if file.refused:
            log_line("refused", kind=file.kind, error="FileRefused")
        elif version is not None:
            log_line("load", kind=file.kind, version=version, rows=file.rows_taken)
    return 1 if failed else 0


def _unsaved(path: Path) -> str:
    """Return a mapping that stands in a file, once it makes sense, as JSON."""
    from leverage.intake import described

    told = described.read(path)
    described.parse(told)
    return json.dumps(told)


class _Teller:
    """Says what a load does, as JSON lines or as sentences; its threads may all call it."""

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json
        self._is_terminal = not as_json and sys.stderr.isatty()
        self._has_line = False

    def event(self, event: str, **fields: Any) -> None:
        if self.as_json:
            renamed = {key.rstrip("_"): value for key, value in fields.items()}
            # One write, line break and all: an event of another thread must not stand inside.
            sys.stdout.write(json.dumps({"event": event, **renamed}, default=str) + "\n")
            sys.stdout.flush()
        elif event == "waiting":
            self.end_progress()
            print(f"Waiting for {fields['for_']}, who is loading now", file=sys.stderr)
        elif event == "staged":
            print(f"Staged as {fields['id']}")

    def cancelled(self, said: str) -> None:
        self.end_progress()
        self.event("cancelled", said=said)
        print(said, file=sys.stderr, flush=True)

    def waiting(self, holder: str) -> None:
        self.event("waiting", for_=holder)

    def progress(self, phase: str, rows: int, of: int) -> None:
        if self.as_json:
            self.event("progress", phase=phase, rows=rows, of=of)
        elif self._is_terminal and of:
            self._has_line = True
            done = f"{phase.capitalize()}: {rows:,} of {of:,} ({rows / of:.0%})"
            sys.stderr.write(f"\r{done}\x1b[K")
            sys.stderr.flush()

    def end_progress(self) -> None:
        """Take the line of progress off the terminal, before anything else is said."""
        if self._has_line:
            self._has_line = False
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def file(self, file: Any, sentence: str | None, version: int | None, group: int | None) -> None:
        self.end_progress()
        if self.as_json:
            self.event(
                "file",
                name=file.name,
                kind=file.kind,
                company=file.company,
                account=", ".join(file.accounts) or None,
                days=[[s.account, s.first.isoformat(), s.last.isoformat()] for s in file.spans],
                rows_in=file.rows_in,
                rows_taken=file.rows_taken,
                rows_set_aside=file.rows_set_aside,
                rows_rejected=file.rows_rejected,
                reasons=file.reasons,
                totals=file.totals,
                notes=file.notes,
                marks=file.marks,
                change=sentence,
                group=group,
                refused=file.refused,
                data_version=version,
            )
        if file.refused:
            print(f"{file.name}: {ReportError(**file.refused)}", file=sys.stderr)
        elif not self.as_json:
            at = f" Data version {version}." if version is not None else ""
            print(
                f"{file.name}: {file.title}, {file.company}. {file.rows_in:,} rows in = "
                f"{file.rows_taken:,} taken + {file.rows_set_aside:,} set aside + "
                f"{file.rows_rejected:,} rejected; {sentence or 'nothing to store'}.{at}"
            )
            for note in file.notes:
                print(f"  {note}")


# ---- the others --------------------------------------------------------------------------------


def _ask(given: argparse.Namespace) -> int:
    """Answer a question, under the same rules as the pages."""
    from leverage import queries
    from leverage import view as views
    from leverage.ask import Asker, choose_store
    from leverage.engine import Engine

    if given.question is None:
        for name, query in queries.folder("questions").items():
            print(f"{name:24} {query.header['title']}")
        return 0
    asked: dict[str, list[str]] = {}
    for pair in given.where:
        key, equals, value = pair.partition("=")
        if not equals or key not in views.KEYS:
            print(
                f"ask: --where takes KEY=VALUE, KEY one of {', '.join(views.KEYS)}", file=sys.stderr
            )
            return 2
        asked.setdefault(key, []).append(value)
    store, is_sample = choose_store(given.data_root)
    newest = store.newest()
    asker = Asker(Engine(), store, newest)
    versions = asked.get("version")
    asker.number = views.pinned(
        versions[-1] if versions else None, store.id, newest, store.oldest_version
    )
    months = asker.months(views.View())["month"].to_list()
    read = views.read(asked, months, asker.filter_values())
    if read.problems:
        raise ReportError(title="The question cannot be asked so", found="; ".join(read.problems))
    answer = asker.ask(given.question, read.view)
    origin = "sample data (invented)" if is_sample else "store"
    about = [f"{origin} {answer.pin}", f"{answer.window.first} to {answer.window.last}"]
    if read.view.currency != views.USD:
        about.append(f"columns are in US dollars as named, not in {read.view.currency}")
    for note in (*about, *answer.notes):
        print(note, file=sys.stderr)
    _write(answer.frame, given.format)
    return 0


def _write(frame: "pl.DataFrame", how: str) -> None:
    import polars as pl

    if how == "json":
        json.dump(frame.to_dicts(), sys.stdout, default=str, indent=1)
        print()
    elif how == "csv":
        nested = [name for name, dtype in frame.schema.items() if dtype.is_nested()]
        print(frame.drop(nested).write_csv(), end="")
    else:
        with pl.Config(
            tbl_rows=-1,
            tbl_cols=-1,
            tbl_hide_dataframe_shape=True,
            tbl_hide_column_data_types=True,
            fmt_str_lengths=80,
            tbl_width_chars=200,
        ):
            print(frame)


def _company(given: argparse.Namespace) -> int:
    """Create a company, or change what is said of it."""
    from leverage.intake import companies, staging
    from leverage.store import Store, changes

    name = given.name.strip()
    if not name:
        raise ReportError(title="A company needs a name", next_step="Write it behind the command")
    store = Store.create(given.data_root / "store")
    with staging.store_relations(store) as stored:
        spelled = {known.casefold(): known for known in companies.known(stored)}
    number = changes.describe_company(
        store,
        spelled.get(name.casefold(), name),
        _who(given),
        sector=given.sector,
        origin=given.origin,
        employees=given.employees,
    )
    return _said_edit(number, f"{given.name} is described so already", f"{given.name} is stored")


def _said_edit(number: int | None, already: str, done: str) -> int:
    """Say what became of an edit, by the data version it made; None where all stood so."""
    if number is None:
        print(already)
    else:
        log_line("edit", version=number)
        print(f"{done}; data version {number}")
    return 0


def _mark(given: argparse.Namespace) -> int:
    """Remember what is AI use in a cloud bill, who owns a service, or which source counts."""
    from leverage.intake import companies, staging
    from leverage.store import Store, changes

    is_owner, is_source = given.subject == "service-owner", given.subject == "source"
    fields = MARKED[given.subject]
    vendor, slash, account = given.value.partition("/")
    if (
        given.field not in fields
        or is_owner != bool(given.department)
        or is_source != bool(given.kind)
        or (is_source and not (vendor and slash and account))
    ):
        print(
            "mark: ai-use takes provider, service or account and a value; service-owner takes "
            "service, its name and --department; source takes tokens or cost, VENDOR/ACCOUNT and "
            "--kind",
            file=sys.stderr,
        )
        return 2
    store = Store.create(given.data_root / "store")
    with staging.store_relations(store) as stored:
        company = companies.resolve(stored, given.company)
    by = _who(given)
    if is_source:
        number = changes.choose_source(store, company, vendor, account, given.field, given.kind, by)
    else:
        subject, result = given.subject.replace("-", "_"), given.department or "ai"
        number = changes.remember(store, company, subject, given.field, given.value, result, by)
    if number is not None:
        log_line("edit", version=number)
    print("Remembered" if number is not None else "That was remembered already")
    return 0


def _rule(given: argparse.Namespace) -> int:
    """Decide which work use belongs to, or what people do; without a rule, list them as CSV.

    SUBJECT is workflow, workload_class, autonomy or role_family. --dry-run says what would move and
    stores nothing. The list can be changed and given back with --file, where a line without a
    result takes its rule away.
    """
    from leverage.intake import companies, staging
    from leverage.store import Store, changes

    said = [given.subject, given.field, given.pattern, given.result]
    is_one = None not in said[:3] and (given.result is None) == given.remove
    is_bare = said == [None] * 4 and not given.remove and given.priority is None
    is_list = is_bare and given.file is None
    is_odd = given.json > given.dry_run or (given.dry_run and is_list)
    if is_odd or not (is_bare or (is_one and given.file is None)):
        print(
            "rule: give a subject, a field, a pattern and a result (or --remove), or --file alone; "
            "with nothing the rules are listed; --dry-run goes with rules, and --json with it",
            file=sys.stderr,
        )
        return 2
    store = Store.create(given.data_root / "store")
    with staging.store_relations(store) as stored:
        company = companies.resolve(stored, given.company)
        held = rules.of(stored.table("rules").pl(), company)
    if is_one:
        subject, field, pattern, result = said
        decided = [rules.Rule(company, subject, field, pattern, result, given.priority)]
    elif given.file is not None:
        decided = _rules_of(given.file, company)
    else:
        rules.write(sys.stdout, held)
        return 0
    if given.dry_run:
        return _try_rules(given, store, company, decided)
    number = changes.decide(store, decided, _who(given))
    return _said_edit(number, "The rules stand so already", "The rules are decided")


def _try_rules(
    given: argparse.Namespace, store: "Store", company: str, decided: Sequence[rules.Rule]
) -> int:
    """Say what rules would move; nothing is stored."""
    from leverage import database
    from leverage.figures import trial as said
    from leverage.store import trial

    with working_folder(given.data_root) as folder:
        database.spill_under(folder)
        found = trial.try_rules(store, company, decided)
    if given.json:
        print("null" if found is None else found.as_json())
        return 0
    print("\n".join(said.sentences(found)) if found else "The rules stand so already")
    for row in said.moves(found).rows(named=True) if found else ():
        print(
            f"{row['Rules for']:14} {row['Now']} → {row['Then']}: {row['Rows']} rows, "
            f"tokens {row['Tokens']}, cost {row['Cost']}"
        )
    return 0


def _rules_of(path: Path, company: str) -> list[rules.Rule]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return rules.read(file, company)
    except (OSError, UnicodeDecodeError) as error:
        raise FileRefused(
            title=f"The rules in {path.name} could not be read",
            found=getattr(error, "strerror", None) or "It is no text in UTF-8",
            next_step="Name a CSV file with the columns " + ", ".join(rules.COLUMNS),
        ) from error


def _alert(given: argparse.Namespace) -> int:
    """Give an alert an owner, a state and a note; without one, list those that hold.

    ALERT is the rule, and after a slash what it is about, such as cost_rise/OpenAI. What is not
    said stays as it was. An alert that is done opens again if it holds in a later month.
    """
    from leverage.figures import alerts as figures
    from leverage.intake import companies, staging
    from leverage.store import Store
    from leverage.store import alerts as decisions

    said = [given.state, given.owner, given.note]
    if (given.alert is None) != (said == [None] * 3):
        print(
            "alert: give an alert and its --state, --owner or --note; with neither, all are listed",
            file=sys.stderr,
        )
        return 2
    if given.month is not None:
        decisions.check_month(given.month)
    store = Store.create(given.data_root / "store")
    with staging.store_relations(store) as stored:
        is_any = given.alert is None and given.company is None
        company = None if is_any else companies.resolve(stored, given.company)
    if given.alert is None or company is None:
        return _list_alerts(given, store, company)
    if given.alert.partition("/")[0] not in {rule.name for rule in figures.RULES}:
        raise ReportError(
            title=f"There is no alert “{given.alert}”",
            found=f"Rules: {', '.join(rule.name for rule in figures.RULES)}",
            next_step="See “python -m leverage alert” for those that hold",
        )
    number = decisions.decide(
        store,
        company,
        given.alert,
        given.month or _newest_month(store, company),
        _who(given),
        state=given.state,
        owner=given.owner,
        note=given.note,
    )
    return _said_edit(number, "That was decided already", f"The alert of {company} is decided")


def _newest_month(store: "Store", company: str) -> str:
    from leverage.ask import Asker
    from leverage.engine import Engine
    from leverage.view import View

    return Asker(Engine(), store, store.newest()).window(View(company=(company,))).last


def _assume(given: argparse.Namespace) -> int:
    """Decide what is believed where nothing is measured; without VALUE, take it back.

    It holds from a day on and is pinned by the data version; what was believed before is kept.
    """
    from leverage.intake import companies, staging
    from leverage.store import Store
    from leverage.store.assumptions import Assumption, assume

    store = Store.create(given.data_root / "store")
    with staging.store_relations(store) as stored:
        company = companies.resolve(stored, given.company)
    believed = Assumption(
        given.assumption,
        given.day or date.today(),
        given.mode,
        given.unit,
        given.why,
        given.low,
        given.high,
        given.workflow,
        given.role,
        given.grade,
    )
    number = assume(store, company, believed, _who(given))
    return _said_edit(number, "That is assumed already", f"The assumption of {company} is decided")


def _list_alerts(given: argparse.Namespace, store: "Store", company: str | None) -> int:
    from leverage.ask import Asker
    from leverage.engine import Engine
    from leverage.figures.alerts import alerts, line
    from leverage.view import View

    asker = Asker(Engine(), store, store.newest())
    view = View(
        months=(given.month, given.month) if given.month else None,
        company=(company,) if company else (),
    )
    found = alerts(lambda question: asker.ask(question, view))
    for alert in found.all:
        print(f"{alert.company}  {alert.name}  {alert.sentence}, {line(alert)}")
    if not found.all:
        print(f"No alert holds for {found.month}")
    return 0


def _identities(given: argparse.Namespace) -> int:
    """Say which accounts that no roster names may be whose, and confirm it."""
    from leverage.intake import companies, staging
    from leverage.store import Store, changes

    reason = given.confirm or given.take_back
    if bool(reason) != bool(given.vendor):
        print("identities: --confirm and --take-back go with --vendor", file=sys.stderr)
        return 2
    store = Store.create(given.data_root / "store")
    with staging.store_relations(store, "suggested_matches") as stored:
        company = companies.resolve(stored, given.company)
        counts = stored.table("suggested_matches").order("vendor, reason, is_confirmed").fetchall()
    if reason:
        settle = changes.confirm_matches if given.confirm else changes.take_back_matches
        number = settle(store, company, given.vendor, reason, _who(given))
        if number is not None:
            log_line("edit", version=number)
        done = "Confirmed" if given.confirm else "Taken back"
        print(done if number is not None else "There is nothing of that kind")
    elif given.suggested:
        for vendor, actor, person, why in changes.suggestions(store, company):
            print(f"{vendor:20} {actor}  {person}  {why}")
    else:
        for of, vendor, why, is_confirmed, accounts in counts:
            if of == company:
                state = "confirmed" if is_confirmed else "suggested"
                print(f"{vendor:20} {why:12} {state:10} {accounts:>6,}")
    return 0


def _mapping(given: argparse.Namespace) -> int:
    """Save what the columns of a file mean that no export fits; list, show, or look at one."""
    if (given.what is None) != (given.action == "list"):
        print(
            "mapping: list takes nothing, show the name of a mapping, save and columns a file",
            file=sys.stderr,
        )
        return 2
    act = {
        "list": _list_mappings,
        "show": _show_mapping,
        "save": _save_mapping,
        "columns": _show_columns,
    }
    return act[given.action](given)


def _list_mappings(given: argparse.Namespace) -> int:
    from leverage.intake import described, staging
    from leverage.store import Store

    with staging.store_relations(Store.create(given.data_root / "store")) as stored:
        rows = described.newest(stored)
    if given.json:
        print(json.dumps(rows, default=str, ensure_ascii=False))
        return 0
    for row in rows:
        print(
            f"{row['name']}: version {row['version']} of {row['decided_at']:%Y-%m-%d} by "
            f"{row['author']}, for {row['company'] or 'every company'}"
        )
        print(f"  known by {', '.join(row['signature'])}")
    if not rows:
        print("No mapping was saved yet")
    return 0


def _show_mapping(given: argparse.Namespace) -> int:
    import yaml

    from leverage.intake import described, staging
    from leverage.store import Store

    with staging.store_relations(Store.create(given.data_root / "store")) as stored:
        rows = {row["name"].casefold(): row for row in described.newest(stored)}
    row = rows.get(given.what.casefold())
    if row is None:
        raise ReportError(
            title=f"There is no mapping called “{given.what}”",
            found=f"Known: {', '.join(held['name'] for held in rows.values()) or 'none'}",
        )
    told = described.of_row(row).written()
    if given.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(yaml.safe_dump(told, allow_unicode=True, sort_keys=False), end="")
    return 0


def _save_mapping(given: argparse.Namespace) -> int:
    from dataclasses import replace

    from leverage.intake import companies, described, staging
    from leverage.store import Store, mappings

    told = described.parse(described.read(Path(given.what)))
    store = Store.create(given.data_root / "store")
    company = given.company or told.company
    if company is not None:
        with staging.store_relations(store) as stored:
            told = replace(told, company=companies.resolve(stored, company))
    number = mappings.save(
        store,
        name=told.name,
        company=told.company,
        spec=told.spec,
        signature=told.signature,
        family=told.family,
        tokens_from=told.tokens_from,
        is_foreign=told.overlaps,
        by=_who(given),
    )
    return _said_edit(
        number,
        f"The mapping “{told.name}” is saved so already",
        f"The mapping “{told.name}” is saved",
    )


def _show_columns(given: argparse.Namespace) -> int:
    from dataclasses import asdict

    from leverage import database
    from leverage.intake import columns, formats

    path = Path(given.what)
    if not path.is_file():
        raise FileRefused(title=f"There is no file {path}", next_step="Check the path")
    with working_folder(given.data_root) as folder, database.workspace() as con:
        database.spill_under(folder)
        for raw in formats.read(con, path, given.name or path.name):
            flat = formats.flatten(con, raw, None) if raw.is_nested else raw
            seen = columns.look(con, flat)
            if given.json:
                _Teller(True).event(
                    "columns", file=flat.name, columns=[asdict(column) for column in seen]
                )
                continue
            print(flat.name)
            for column in seen:
                examples = f", such as {', '.join(column.examples)}" if column.examples else ""
                meaning = f"; perhaps {column.field}" if column.field else ""
                print(f"  {column.name}: {column.holds}{examples}{meaning}")
    return 0


def _loads(given: argparse.Namespace) -> int:
    """List the changes of the real store, newest first."""
    from leverage.store import Store

    root = given.data_root / "store"
    if not (root / "store.json").is_file():
        print("Nothing was loaded yet")
        return 0
    for row in Store(root).log().sort("n", descending=True).iter_rows(named=True):
        what = f"{row['company'] or ''} {row['kind'] or ''}".strip()
        print(
            f"{row['n']:>4}  {row['changed_at']:%Y-%m-%d %H:%M}  {row['action']:8} "
            f"{row['loaded_by']:12} {what:40} {row['summary'] or ''}"
        )
    return 0


def _undo(given: argparse.Namespace) -> int:
    """Take back one load of the real store; later loads stay."""
    import polars as pl

    from leverage import database
    from leverage.store import Store, changes

    with working_folder(given.data_root) as folder:
        database.spill_under(folder)
        store = Store.create(given.data_root / "store")
        number = changes.undo(store, given.number, _who(given))
    log_line("undo", version=number, undoes=given.number)
    summary = store.log().filter(pl.col("n") == number)["summary"][0]
    print(f"Load {given.number} is undone: {summary}; data version {number}")
    return 0


def _kinds(given: argparse.Namespace) -> int:
    """List every kind of export, and how to export it."""
    del given
    from leverage.intake.kinds import kinds

    for kind in kinds().values():
        print(f"{kind.name:24} {kind.title}")
        print(f"{'':24} {kind.how}")
    print("Any other table can be described: see “python -m leverage mapping --help”")
    return 0


def _sample(given: argparse.Namespace) -> int:
    """Make the sample data (invented companies) in a store of its own."""
    if given.unless_loaded and _has_data(given.data_root):
        return 0
    from leverage.sample import store as sample_store

    version = sample_store.make(given.data_root, keep_files=given.keep_files)
    print(f"The sample data are there: store {version}")
    return 0


def _has_data(data_root: Path) -> bool:
    """Tell whether there is something to show; asked at every start, so little is imported."""
    if (data_root / "sample-store" / "store.json").is_file():
        return True
    if not (data_root / "store" / "store.json").is_file():
        return False
    from leverage.store import Store
    from leverage.store.changes import in_effect

    return bool(in_effect(Store(data_root / "store")))


def _clean_up(given: argparse.Namespace) -> int:
    """Delete files that no kept data version needs."""
    from leverage.store import Store

    store = Store.create(given.data_root / "store")
    gone = store.clean_up(given.keep, _who(given))
    log_line("clean-up", files=gone, kept=given.keep)
    print(f"{gone} files deleted; versions from {store.oldest_version} stay readable")
    return 0


if __name__ == "__main__":
    sys.exit(main())
