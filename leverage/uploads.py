"""The door from the Data page to the loader: a process of its own, watched and stoppable.

The server never reads an export. It hands copies of the bytes to `python -m leverage load`, because
a bad file may kill its reader, because the key and the aliases of people belong to the loader
alone, and because neither fork nor spawn is safe inside a running server. A process that dies is a
refusal in words, and the store is what it was.
"""

import csv
import json
import os
import re
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

import polars as pl
from filelock import FileLock, Timeout

from leverage import rules
from leverage.errors import ChangeRefused, FileRefused, ReportError
from leverage.intake.columns import Seen
from leverage.intake.kinds import UNKNOWN, title_of
from leverage.loading import sweep
from leverage.log import log_line
from leverage.rules import Rule
from leverage.store import Stage
from leverage.store.trial import Trial

PAGE_MB = 200
"""The largest file the page takes; the browser's bytes stand in the server's memory meanwhile."""
BLOCK_BYTES = 1 << 20
QUIET_SECONDS = 60
"""So long without any work done, and a loader is stuck: starved of memory, it can hang for good."""
GRACE_SECONDS = 10
"""So long a loader has to end by itself once it is cancelled."""
ROOT = Path(__file__).parents[1]
# Memory is limited by address space, and glibc and thread pools reserve much of it for each core.
FEW_THREADS = {
    "MALLOC_ARENA_MAX": "4",
    "POLARS_MAX_THREADS": "4",
    "TOKIO_WORKER_THREADS": "4",
}
OUT_OF_MEMORY = re.compile(
    r"MemoryError|bad_alloc|not enough memory|out of memory|failed to allocate|"
    r"memory allocation of|cannot allocate memory|failed to map segment|can.t start new thread",
    re.IGNORECASE,
)
LOG_LINE = re.compile(r"\d{4}-\d\d-\d\d [\d:,]+ leverage \{")


@dataclass(frozen=True)
class Limits:
    """What one process may use: address space in bytes, and seconds on the clock.

    Address space is more than memory: storing a file of 2 GB reserves 9 and uses 5.
    """

    memory_bytes: int = 12 << 30
    check_seconds: float = 60 * 60
    load_seconds: float = 60 * 60
    edit_seconds: float = 10 * 60


@dataclass(frozen=True)
class Answers:
    """What a person says of a file that does not say it itself; None is not said."""

    account: str | None = None
    period: str | None = None  # 'YYYY-MM' or 'FROM..TO'
    dates: str | None = None  # 'mdy' or 'dmy'

    def options(self) -> list[str]:
        """Return the options of the command line that say the same."""
        said = {"account": self.account, "period": self.period, "dates": self.dates}
        return [f"--{name}={value}" for name, value in said.items() if value]


@dataclass(frozen=True)
class Upload:
    """One file: its id, what people call it, and its bytes as the browser sent them.

    A file that lies on the server already is named by its path, and is read where it is.
    """

    id: str
    name: str
    content: BinaryIO | Path
    answers: Answers = Answers()


@dataclass(frozen=True)
class FileResult:
    """What the loader says of one file; `refused` holds title, found and next_step.

    `uploads` are the uploads it came from: one, or each zip that may hold it. It is number `place`
    of the stage `stage`. `change` says what loading it does to the store, together with the other
    files of the same `group` of its stage; `number` which load it became.
    """

    name: str
    uploads: tuple[str, ...] = ()
    stage: str | None = None
    place: int = 0
    kind: str | None = None
    company: str | None = None
    days: tuple[tuple[str, str, str], ...] = ()  # account, first and last day as ISO dates
    rows_in: int = 0
    rows_taken: int = 0
    rows_set_aside: int = 0
    rows_rejected: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    totals: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    marks: dict[str, list[str]] = field(default_factory=dict)
    change: str | None = None
    group: int | None = None
    refused: dict[str, str] | None = None
    number: int | None = None

    @property
    def title(self) -> str | None:
        """Return the name of its kind as people read it; None where it was not recognised."""
        return title_of(self.kind) if self.kind else None

    @property
    def is_unknown(self) -> bool:
        """Tell whether it is a table that no kind takes, so that a person could describe it."""
        return (self.refused or {}).get("title") == UNKNOWN

    @property
    def is_new(self) -> bool:
        """Tell whether loading it changes anything: it was neither refused nor is it there."""
        return self.refused is None and self.change is not None and not self.is_known

    @property
    def is_known(self) -> bool:
        """Tell whether it is loaded already, so that loading it changes nothing."""
        return self.refused is None and (self.change or "").startswith("changes nothing")

    def together(self, files: Iterable["FileResult"]) -> list["FileResult"]:
        """Return those of the files that are one replacement with this one, itself included."""
        if self.group is None or self.stage is None:
            return [self]
        return [file for file in files if (file.stage, file.group) == (self.stage, self.group)]

    @property
    def asks(self) -> str | None:
        """Return which answer would let it in: account, dates or period."""
        step = (self.refused or {}).get("next_step", "")
        return next((name for name in ("account", "dates", "period") if f"--{name}" in step), None)

    @property
    def choices(self) -> list[str]:
        """Return the accounts to choose from, where the account is asked for."""
        return (self.refused or {}).get("found", "").split(", ") if self.asks == "account" else []

    @property
    def is_markable(self) -> bool:
        """Tell whether lines of it were set aside that an analyst can mark as AI use."""
        return bool(self.marks and self.rows_set_aside)

    def tokens(self) -> int | None:
        """Return all tokens of the lines taken, None where the file reports none."""
        parts = ("input_tokens", "cache_read_tokens", "cache_write_tokens", "output_tokens")
        held = [int(self.totals[part]) for part in parts if self.totals.get(part) is not None]
        return sum(held) if held else None

    def total(self, name: str) -> Decimal | None:
        """Return one total of the lines taken, None where the file reports none."""
        value = self.totals.get(name)
        return None if value is None else Decimal(str(value))

    def credits(self) -> dict[str, Decimal]:
        """Return the credits of the lines taken by their unit; units are never added up."""
        held = self.totals.get("credits") or {}
        return {unit: Decimal(str(value)) for unit, value in held.items() if value is not None}


@dataclass(frozen=True)
class Result:
    """What a job came to: its files, in the order given, or why it had to stop.

    Of a load that was cancelled these are the files that were stored all the same.
    """

    files: tuple[FileResult, ...] = ()
    stopped: ReportError | None = None
    was_cancelled: bool = False

    @property
    def stages(self) -> tuple[str, ...]:
        """Return the stages that hold something to load."""
        held = [file.stage for file in self.files if file.stage and file.is_new]
        return tuple(dict.fromkeys(held))


PHASES = {
    "reading bytes": (0.0, 0.15),
    "mapping lines": (0.15, 0.65),
    "rolling up lines": (0.65, 1.0),
    "writing rows": (0.0, 0.6),
    "building months": (0.6, 1.0),
}
"""The phases in which the loader counts, and from where to where each is of a check or a load."""


@dataclass(frozen=True)
class Progress:
    """How far a job is: the files that are read, and of the one under way the phase and its share.

    `phase` is what the loader calls it ("mapping lines"); `done` and `of` count what it names.
    """

    files_done: int
    files: int
    phase: str = ""
    done: int = 0
    of: int = 0

    @property
    def share(self) -> float:
        """Return about how much of the whole job is done, 0 to 1."""
        first, last = PHASES.get(self.phase, (0.0, 0.0))
        part = first + (last - first) * self.done / self.of if self.of else first
        return min((self.files_done + part) / max(self.files, 1), 1.0)


# ---- one process -------------------------------------------------------------------------------


@dataclass
class _Process:
    """One call of the command line; what it says goes to files in `folder`, not to pipes.

    A pipe breaks with its reader: a load would then die with the server it no longer needs.
    """

    arguments: list[str]
    seconds: float
    memory_bytes: int
    folder: Path
    is_edit: bool = False
    killed_for: str | None = None
    is_cancelled: bool = False
    _process: "subprocess.Popen[bytes] | None" = None

    def run(self) -> int:
        """Start it and wait until it has ended or used up what it may use; returns its status."""
        self.folder.mkdir(exist_ok=True)
        with (self.folder / "said").open("wb") as out, (self.folder / "errors").open("wb") as err:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "leverage", *self.arguments],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                cwd=ROOT,
                env={**os.environ, **FEW_THREADS},
                # A group of its own, so that it can be killed whole and outlives a stopped server.
                start_new_session=True,
            )
        if sys.platform == "linux":
            for limit, value in (
                (resource.RLIMIT_AS, self.memory_bytes),
                (resource.RLIMIT_CORE, 0),
            ):
                with suppress(ProcessLookupError):
                    resource.prlimit(self._process.pid, limit, (value, value))
        self._watch(self._process)
        return int(self._process.returncode)

    def cancel(self) -> None:
        """Let it be ended, itself and everything it has started, and nothing else."""
        self.is_cancelled = True

    def _watch(self, process: "subprocess.Popen[bytes]") -> None:
        started = worked = time.monotonic()
        ticks = -1
        told_at: float | None = None
        while True:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.2)
                return
            now = time.monotonic()
            if self.is_cancelled:
                # A loader cleans up after itself; only one that does not answer is killed.
                if told_at is None:
                    told_at = now
                    _signal(process, signal.SIGTERM)
                elif now - told_at > GRACE_SECONDS:
                    _signal(process, signal.SIGKILL)
                continue
            before, ticks = ticks, _ticks(process.pid)
            if ticks != before:
                worked = now
            if self.waits_for() is not None:
                # Whoever holds the store is watched as well.
                started = worked = now
            if now - started > self.seconds:
                self.killed_for = "time"
            elif now - worked > QUIET_SECONDS and not self.is_edit:
                # An edit may be quiet because it waits for its turn, and does not say so.
                self.killed_for = "quiet"
            if self.killed_for:
                _signal(process, signal.SIGKILL)

    def said(self) -> str:
        """Return what it wrote to standard output so far."""
        return _text(self.folder / "said")

    def events(self) -> list[dict[str, Any]]:
        """Return the events it has told so far, the last line only once it is whole."""
        text, _, _ = self.said().rpartition("\n")
        return [json.loads(line) for line in text.splitlines() if line.startswith("{")]

    @property
    def pid(self) -> int:
        """Return its process id; 0 before it was started."""
        return self._process.pid if self._process is not None else 0

    def cut_short(self, status: int) -> ReportError | None:
        """Say of a cancelled one that had to be killed what is not known; None where it obeyed."""
        if status != -signal.SIGKILL or "--stage" in self.arguments:
            return None
        return ChangeRefused(
            title="The loader did not answer and was killed",
            found="It cannot be told whether it had stored the files by then",
            next_step="See in the history below whether it did; if not, nothing was stored",
        )

    def has_told_files(self) -> bool:
        """Tell whether it came to its end: only then it tells what became of each file."""
        return any(event["event"] == "file" for event in self.events())

    def _newest(self) -> dict[str, Any]:
        """Return the event it told last, nothing before the first."""
        lines = self.said().rpartition("\n")[0].splitlines()
        return json.loads(lines[-1]) if lines and lines[-1].startswith("{") else {}

    def waits_for(self) -> str | None:
        """Return whose load it waits for, None where it works."""
        newest = self._newest()
        return str(newest["for"]) if newest.get("event") == "waiting" else None

    def error(self, status: int) -> ReportError:
        """Say in words why it ended without a result."""
        errors = _text(self.folder / "errors")
        command = self.arguments[0]
        log_line("loader ended", command=command, status=status, after=self.killed_for)
        next_step = (
            "Split the export by month and hand in the parts"
            if "--stage" in self.arguments
            else "See in the history whether it was done, then try again when nobody is loading"
        )
        if self.killed_for == "time":
            return FileRefused(
                title="The loader was stopped: it was not done in time",
                found=f"It may take {self.seconds / 60:.0f} minutes",
                next_step=next_step,
            )
        if self.killed_for == "quiet" or OUT_OF_MEMORY.search(errors):
            return FileRefused(
                title="The loader was stopped: it needed more memory than it may use",
                found=f"It may use {self.memory_bytes / 2**30:.0f} GB",
                next_step=next_step,
            )
        if status < 0:
            cause = signal.Signals(-status).name
            return FileRefused(
                title="The loader was stopped by the system",
                found=f"It ended with {cause}, as it does where the machine runs out of memory",
                next_step=next_step,
            )
        last = [line for line in errors.splitlines() if line and not LOG_LINE.match(line)]
        if last and "Traceback (most recent call last):" not in errors:
            return ChangeRefused(title=last[-1])
        return FileRefused(
            title="The loader failed on an error of its own",
            found=last[-1] if last else f"It ended with status {status} and said nothing",
            next_step="Tell your administrator, with this message and the file",
        )


def _signal(process: "subprocess.Popen[bytes]", number: signal.Signals) -> None:
    """Send a signal to a process and everything it has started: the group is its own."""
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)


def _ticks(pid: int) -> int:
    """Return the processor time a process has used, in clock ticks.

    Where the system does not tell, time itself passes as work, and only the clock can stop it.
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return int(time.monotonic())
    used = stat.rpartition(")")[2].split()
    return int(used[11]) + int(used[12])


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


# ---- jobs --------------------------------------------------------------------------------------


@dataclass
class _Step:
    """One process of a job and the uploads it reads."""

    process: _Process
    uploads: list[Upload] = field(default_factory=list)

    def files(self, status: int) -> list[FileResult]:
        """Return what became of each file, or, where there is no word of any, why not."""
        events = self.process.events()
        stage = next((str(e["id"]) for e in events if e["event"] == "staged"), None)
        told = [event for event in events if event["event"] == "file"]
        # Files are told of once all is done, so what then cuts a cancelled one short costs nothing.
        if not told or (status not in (0, 1) and not self.process.is_cancelled):
            raise self.process.error(status)
        names = {event["name"] for event in told}
        packed = tuple(up.id for up in self.uploads if _plain_name(up.name) not in names)
        return [
            _result(
                event,
                tuple(up.id for up in self.uploads if _plain_name(up.name) == event["name"])
                or packed,
                stage,
                place,
            )
            for place, event in enumerate(told)
        ]


class Job:
    """Processes run one after another beside the server, and what they have said so far.

    Nothing but `cancel` and its limits ends it; a page that is closed does not.
    """

    def __init__(self, folder: Path, steps: Sequence[_Step], order: Sequence[str] = ()) -> None:
        """Start the first process; `folder` is deleted when the last has ended.

        `order` holds the ids of the uploads as they were given, for their results to stand so.
        """
        self._folder = folder
        self._order = {upload: place for place, upload in enumerate(order)}
        self._steps = steps
        self._now = 0
        self._cancelled = threading.Event()
        self._files: list[FileResult] = []
        self._stopped: ReportError | None = None
        self._thread = threading.Thread(target=self._work, daemon=True, name="leverage-upload")
        self._thread.start()

    @property
    def is_running(self) -> bool:
        """Tell whether a process of this job is still to end."""
        return self._thread.is_alive()

    def wait(self) -> Result:
        """Wait until the job has ended and return what it came to."""
        self._thread.join()
        return Result(tuple(self._files), self._stopped, self._cancelled.is_set())

    def progress(self) -> Progress:
        """Return how far it is."""
        now = self._now
        of = sum(len(step.uploads) for step in self._steps)
        before = sum(len(step.uploads) for step in self._steps[:now])
        if now == len(self._steps):
            return Progress(of, of)
        told = [e for e in self._steps[now].process.events() if e["event"] == "progress"]
        read = [int(event["rows"]) for event in told if event["phase"] == "reading"]
        done = before + (read[-1] if read else 0)
        if not told or told[-1]["phase"] not in PHASES:
            return Progress(done, of)
        return Progress(done, of, told[-1]["phase"], int(told[-1]["rows"]), int(told[-1]["of"]))

    @property
    def is_cancelled(self) -> bool:
        """Tell whether somebody has cancelled it."""
        return self._cancelled.is_set()

    def waits_for(self) -> str | None:
        """Return whose load this one waits for, None where it works."""
        now = self._now
        return self._steps[now].process.waits_for() if now < len(self._steps) else None

    def cancel(self) -> None:
        """End what runs, with everything it has started; a change cut short leaves no trace.

        It returns at once. A load that is being committed ends as if nobody had cancelled.
        """
        self._cancelled.set()
        for step in self._steps:
            step.process.cancel()

    def _work(self) -> None:
        try:
            for position, step in enumerate(self._steps):
                self._now = position
                if self._cancelled.is_set():
                    return
                status = step.process.run()
                if status not in (0, 1):
                    sweep(self._folder.parents[1], step.process.pid)
                if self._cancelled.is_set() and not step.process.has_told_files():
                    self._stopped = step.process.cut_short(status)
                    return
                try:
                    self._files += step.files(status)
                except ReportError as error:
                    if not step.uploads:
                        self._stopped = error
                    self._files += [
                        FileResult(upload.name, (upload.id,), refused=error.parts())
                        for upload in step.uploads
                    ]
                if self._cancelled.is_set():
                    return
            self._files.sort(
                key=lambda file: min((self._order[up] for up in file.uploads), default=0)
            )
            self._stopped = self._stopped or _overlap(self._files)
        finally:
            self._now = len(self._steps)
            shutil.rmtree(self._folder, ignore_errors=True)
            if self._cancelled.is_set() and any(step.uploads for step in self._steps):
                discard(self._folder.parents[1], self._files)
                self._files = []


def _result(
    event: dict[str, Any], uploads: tuple[str, ...], stage: str | None, place: int
) -> FileResult:
    return FileResult(
        name=event["name"],
        uploads=uploads,
        stage=stage,
        place=place,
        kind=event["kind"],
        company=event["company"],
        days=tuple((account, first, last) for account, first, last in event["days"]),
        rows_in=event["rows_in"],
        rows_taken=event["rows_taken"],
        rows_set_aside=event["rows_set_aside"],
        rows_rejected=event["rows_rejected"],
        reasons=event["reasons"],
        totals=event["totals"],
        notes=tuple(event["notes"]),
        marks=event["marks"],
        change=event["change"],
        group=event["group"],
        refused=event["refused"],
        number=event["data_version"],
    )


def _overlap(files: Sequence[FileResult]) -> ReportError | None:
    """Refuse files of different stages that share days: loaded apart, one would replace the other.

    Files that were checked together are one replacement; those that needed different answers were
    not checked together.
    """
    for position, file in enumerate(files):
        for other in files[:position]:
            is_apart = None not in (file.stage, other.stage) and file.stage != other.stage
            is_same = (file.kind, file.company) == (other.kind, other.company)
            if is_apart and is_same and any(_shared(a, b) for a in file.days for b in other.days):
                return ChangeRefused(
                    title=f"{other.name} and {file.name} cover the same days of one account",
                    found="They were given different answers, so they would be stored one after "
                    "the other, and the second would replace the first",
                    next_step="Take one of them out, load the other, then hand it in again to see "
                    "what it would replace",
                )
    return None


def _shared(a: tuple[str, str, str], b: tuple[str, str, str]) -> bool:
    return a[0] == b[0] and a[1] <= b[2] and b[1] <= a[2]


def check(
    data_root: Path, company: str, by: str, uploads: Iterable[Upload], limits: Limits | None = None
) -> Job:
    """Copy the files aside and start checking them; nothing is stored.

    Files of which the same was said are checked together, because those that share days are one
    replacement. The copies are gone when the job has ended.
    """
    limits = limits or Limits()
    given = list(uploads)
    together: dict[Answers, list[Upload]] = {}
    for upload in given:
        together.setdefault(upload.answers, []).append(upload)
    folder = _new_folder(data_root)
    steps = []
    try:
        for number, (answers, group) in enumerate(together.items()):
            place = folder / str(number)
            place.mkdir()
            copies = [_on_disk(upload.content, place / str(i)) for i, upload in enumerate(group)]
            arguments = [
                *("load", "--stage", "--json", f"--data-root={data_root}"),
                *(f"--company={company}", f"--by={by}", *answers.options()),
                *(f"--name={_plain_name(upload.name)}" for upload in group),
                *("--", *map(str, copies)),
            ]
            steps.append(
                _Step(_Process(arguments, limits.check_seconds, limits.memory_bytes, place), group)
            )
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Job(folder, steps, [upload.id for upload in given])


def load(data_root: Path, by: str, stages: Iterable[str], limits: Limits | None = None) -> Job:
    """Start storing what was checked, without reading a file again."""
    limits = limits or Limits()
    folder = _new_folder(data_root)
    steps = []
    for number, stage in enumerate(stages):
        arguments = [
            "load",
            "--json",
            f"--data-root={data_root}",
            f"--staged={stage}",
            f"--by={by}",
        ]
        steps.append(
            _Step(
                _Process(arguments, limits.load_seconds, limits.memory_bytes, folder / str(number))
            )
        )
    return Job(folder, steps)


def edit(
    data_root: Path, by: str, command: str, *arguments: str, limits: Limits | None = None
) -> str:
    """Run a small command (company, rule, alert, undo) to its end; returns the sentence it said.

    What it refuses, or how it died, is raised as a ReportError.
    """
    limits = limits or Limits()
    folder = _new_folder(data_root)
    process = _Process(
        [command, f"--data-root={data_root}", f"--by={by}", *arguments],
        limits.edit_seconds,
        limits.memory_bytes,
        folder,
        is_edit=True,
    )
    try:
        status = process.run()
        if status != 0:
            raise process.error(status)
        return process.said().strip()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def describe_company(
    data_root: Path,
    by: str,
    name: str,
    sector: str | None = None,
    origin: str | None = None,
    employees: int | None = None,
) -> str:
    """Create a company, or change what is said of it; returns a sentence."""
    said = {"sector": sector, "origin": origin, "employees": employees}
    options = [f"--{option}={value}" for option, value in said.items() if value is not None]
    return edit(data_root, by, "company", *options, "--", name)


def mark_ai_use(data_root: Path, by: str, company: str, field_name: str, value: str) -> str:
    """Remember that a provider, service or account of a cloud bill is AI use."""
    return edit(data_root, by, "mark", f"--company={company}", "--", "ai-use", field_name, value)


def give_department(data_root: Path, by: str, company: str, service: str, department: str) -> str:
    """Remember which department owns a service account or key."""
    options = (f"--company={company}", f"--department={department}")
    return edit(data_root, by, "mark", *options, "--", "service-owner", "service", service)


def decide_rules(data_root: Path, by: str, company: str, decided: Sequence[Rule]) -> str:
    """Add, change and take away rules of a company in one change; returns a sentence."""
    return _rule(data_root, by, company, decided)


def try_rules(data_root: Path, company: str, decided: Sequence[Rule]) -> Trial | None:
    """Return what rules of a company would move; None where they stand so already.

    The loader works it out, because whose use it is only the loader knows.
    """
    told = _rule(data_root, "", company, decided, "--dry-run", "--json")
    return None if told == "null" else Trial.of_json(told)


def _rule(data_root: Path, by: str, company: str, decided: Sequence[Rule], *options: str) -> str:
    folder = _new_folder(data_root)
    path = folder / "rules.csv"
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            rules.write(file, decided)
        arguments = (f"--company={company}", f"--file={path}", *options)
        return edit(data_root, by, "rule", *arguments)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def choose_source(
    data_root: Path, by: str, company: str, vendor: str, account: str, measure: str, kind: str
) -> str:
    """Say which kind counts for the tokens or the cost of a vendor's account ('*' is all)."""
    options = (f"--company={company}", f"--kind={kind}")
    return edit(data_root, by, "mark", *options, "--", "source", measure, f"{vendor}/{account}")


def settle_matches(
    data_root: Path, by: str, company: str, vendor: str, reason: str, is_true: bool
) -> str:
    """Confirm who stands behind accounts, or take that back; returns a sentence."""
    settled = f"--{'confirm' if is_true else 'take-back'}={reason}"
    options = (f"--company={company}", f"--vendor={vendor}", settled)
    return edit(data_root, by, "identities", *options)


def decide_alert(
    data_root: Path,
    by: str,
    company: str,
    alert: str,
    month: str,
    state: str,
    owner: str,
    note: str,
) -> str:
    """Give an alert its state, owner and note; returns a sentence."""
    said = {"company": company, "month": month, "state": state, "owner": owner, "note": note}
    options = [f"--{option}={value}" for option, value in said.items()]
    return edit(data_root, by, "alert", *options, "--", alert)


def assume(
    data_root: Path,
    by: str,
    company: str,
    assumption: str,
    first_day: date,
    mode: float | None,
    unit: str,
    why: str,
    *,
    low: float | None = None,
    high: float | None = None,
    grade: str = "D",
    workflow: str | None = None,
    role: str | None = None,
) -> str:
    """Decide what is believed from a day on, or take it back (None); returns a sentence.

    Without `low` and `high` it is a plain number; `workflow` or `role` names the one it is said of.
    """
    said = {
        **{"company": company, "from": first_day.isoformat(), "unit": unit, "why": why},
        **{"low": low, "high": high, "grade": grade, "workflow": workflow, "role": role},
    }
    options = [f"--{option}={value}" for option, value in said.items() if value is not None]
    value = [] if mode is None else [f"{mode!r}"]
    return edit(data_root, by, "assume", *options, "--", assumption, *value)


def undo(data_root: Path, by: str, number: int) -> str:
    """Take back one load; returns a sentence."""
    return edit(data_root, by, "undo", "--", str(number))


def sectors() -> dict[str, str]:
    """Return the sectors a company can be of, and how people name them."""
    with (ROOT / "data" / "reference" / "sectors.csv").open(encoding="utf-8", newline="") as file:
        return {row["sector"]: row["label"] for row in csv.DictReader(file)}


# ---- files -------------------------------------------------------------------------------------


def _new_folder(data_root: Path) -> Path:
    """Return a new folder among the stages, which goes with them should the server die."""
    staging = data_root / "staging"
    staging.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix="upload-", dir=staging))


def _on_disk(content: BinaryIO | Path, path: Path) -> Path:
    """Return where a file lies: at `path`, unless it lies on the server already."""
    if isinstance(content, Path):
        return content
    content.seek(0)
    with path.open("wb") as file:
        shutil.copyfileobj(content, file, BLOCK_BYTES)
    return path


def _plain_name(name: str) -> str:
    """Return the last part of a file's name, without characters no name has."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(sign for sign in last if sign.isprintable()) or "file"


def command_line(data_root: Path, company: str, by: str, name: str) -> str:
    """Return the command that loads a file which is too large for the page, to run on the server.

    Every value is quoted for the shell.
    """
    parts = [
        "python",
        "-m",
        "leverage",
        "load",
        "--data-root",
        str(data_root),
        "--company",
        company,
    ]
    return shlex.join([*parts, "--by", by, _plain_name(name)])


# ---- what was checked --------------------------------------------------------------------------

SHOWN = {
    "day": "Day",
    "period_end": "To",
    "month": "Month",
    "effective_date": "From",
    "vendor": "Vendor",
    "account": "Account",
    "actor": "Who",
    "person": "Person",
    "department": "Department",
    "role": "Role",
    "model": "Model",
    "plan": "Plan",
    "seats": "Seats",
    "seat_price": "Price per seat",
    "employees": "Employees",
    "fte": "Full-time equivalents",
    "input_tokens": "Input tokens",
    "cache_read_tokens": "Cache read tokens",
    "cache_write_tokens": "Cache write tokens",
    "output_tokens": "Output tokens",
    "requests": "Requests",
    "messages": "Messages",
    "credits": "Credits",
    "credit_unit": "Unit of credits",
    "net_cost_usd": "Billed USD",
    "amortised_cost_usd": "Amortised USD",
    "estimated_cost_usd": "Estimated USD",
    "list_cost_usd": "List price USD",
    "billed_in_currency": "Billed",
    "currency": "Currency",
}
"""The columns of a preview, in order, as people read them."""


def preview_rows(data_root: Path, file: FileResult, most: int = 20) -> pl.DataFrame:
    """Return the first rows that would be stored of a file and of those that go with it.

    Columns as in SHOWN, those that hold something. People are pseudonyms already.
    """
    stage = _opened(data_root, file)
    places = [i for i, g in enumerate(stage.groups) if file.place in g.files] if stage else []
    if stage is None or not places:
        return pl.DataFrame()
    (place,) = places
    staged = pl.scan_parquet(stage.path(stage.groups[place].table)).filter(load_id=place)
    rows = staged.bottom_k(most, by="first_line").collect().sort("first_line")
    held = [
        name
        for name in SHOWN
        if name in rows.columns
        and rows[name].null_count() < len(rows)
        and not (name == "month" and "day" in rows.columns)
    ]
    return rows.select(pl.col(name).alias(SHOWN[name]) for name in held)


def left_out(data_root: Path, file: FileResult) -> pl.DataFrame:
    """Return the lines of a file that were not taken: line, what, reason, original."""
    stage = _opened(data_root, file)
    if stage is None:
        return pl.DataFrame()
    return stage.left_out().filter(pl.col("file") == file.name).drop("file")


def discard(data_root: Path, files: Iterable[FileResult]) -> None:
    """Delete the stages of files that are not to be loaded."""
    for stage in {file.stage: _opened(data_root, file) for file in files}.values():
        if stage is not None:
            stage.discard()


def _opened(data_root: Path, file: FileResult) -> Stage | None:
    try:
        return Stage.open(data_root, file.stage or "")
    except FileRefused:
        return None


# ---- who loads ---------------------------------------------------------------------------------


def who_is_loading(data_root: Path) -> str | None:
    """Return whose change holds the store now, None where nobody's does.

    A killed loader leaves its name behind but not its lock, so the lock is what counts.
    """
    root = data_root / "store"
    if not (root / "lock.holder").is_file():
        return None
    try:
        with FileLock(root / "lock", timeout=0):
            return None
    except Timeout:
        return _text(root / "lock.holder") or "someone"


# ---- files that no kind knows ------------------------------------------------------------------


def columns_of(data_root: Path, upload: Upload, name: str) -> list[Seen]:
    """Return what the columns of an upload seem to hold; of a zip those of the file `name`.

    What cannot be read is raised as a ReportError.
    """
    folder = _new_folder(data_root)
    try:
        copy = str(_on_disk(upload.content, folder / "file"))
        given = f"--name={_plain_name(upload.name)}"
        answer = edit(data_root, "", "mapping", "--json", given, "--", "columns", copy)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    files = [json.loads(line) for line in answer.splitlines()]
    columns = next(file["columns"] for file in files if file["file"] == name)
    return [Seen(**{**column, "examples": tuple(column["examples"])}) for column in columns]


def try_mapping(
    data_root: Path,
    company: str,
    by: str,
    upload: Upload,
    told: dict[str, Any],
    limits: Limits | None = None,
) -> Job:
    """Start checking one upload under a mapping that is not saved; nothing is kept of it."""
    limits = limits or Limits()
    folder = _new_folder(data_root)
    try:
        copy = _on_disk(upload.content, folder / "file")
        mapping = _written(folder, told)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    arguments = [
        *("load", "--dry-run", "--json", f"--data-root={data_root}", f"--mapping={mapping}"),
        *(f"--company={company}", f"--by={by}", *upload.answers.options()),
        *(f"--name={_plain_name(upload.name)}", "--", str(copy)),
    ]
    process = _Process(arguments, limits.check_seconds, limits.memory_bytes, folder / "0")
    return Job(folder, [_Step(process, [upload])], [upload.id])


def save_mapping(data_root: Path, by: str, told: dict[str, Any]) -> str:
    """Save what the columns of a file mean; returns a sentence."""
    folder = _new_folder(data_root)
    try:
        return edit(data_root, by, "mapping", "--", "save", str(_written(folder, told)))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _written(folder: Path, told: dict[str, Any]) -> Path:
    path = folder / "mapping.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    return path
