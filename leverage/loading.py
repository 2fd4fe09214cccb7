"""A load under way: the folder it works in, and how it is cancelled.

Whatever a loader writes before it is done lies in one folder of its own, locked while it lives, so
that one look tells what a dead loader left behind. SIGTERM and SIGINT end it at once and take that
folder along; from the moment of commit on they are too late, and what was stored is said.
"""

import fcntl
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SIGNALS = frozenset({signal.SIGINT, signal.SIGTERM})
YOUNG_SECONDS = 60
"""So young a folder may belong to a loader that has yet to lock it."""
CANCELLED = "Cancelled; nothing was stored."
TOO_LATE = "It was too late to cancel: the load is stored."


@contextmanager
def working_folder(data_root: Path) -> Iterator[Path]:
    """Yield a new folder among the stages for everything this process writes aside.

    Python's own temporary files go there as well: an unpacked archive may be larger than /tmp.
    """
    sweep(data_root)
    staging = data_root / "staging"
    staging.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"work-{os.getpid()}-", dir=staging))
    handle = os.open(folder, os.O_RDONLY)
    usual = tempfile.tempdir
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        tempfile.tempdir = str(folder)
        yield folder
    finally:
        tempfile.tempdir = usual
        os.close(handle)
        shutil.rmtree(folder, ignore_errors=True)


def sweep(data_root: Path, dead: int | None = None) -> None:
    """Delete the working folders of loaders that died, or of the one whose process id is given.

    The lock is what counts: the same process id may be in use again, or in another container.
    """
    for folder in (data_root / "staging").glob(f"work-{dead or '*'}-*"):
        try:
            handle = os.open(folder, os.O_RDONLY)
        except OSError:
            continue
        try:
            if dead is None and time.time() - os.fstat(handle).st_mtime < YOUNG_SECONDS:
                continue
            with suppress(BlockingIOError):
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(handle)


class Cancel:
    """Ends this process where a signal asks for it, unless its change is being committed.

    As a context of the whole load it listens; `commit` is the context of the commit itself. A
    thread waits for the signals, because the main one may be deep in a library for minutes. It
    leaves by `os._exit`: what is on disk outside `folders` is by design what a dead loader may
    leave.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        """Remember how to say CANCELLED or TOO_LATE."""
        self.folders: list[Path] = []
        self._say = say
        self._turn = threading.Lock()
        self._is_stored = False
        self._is_over = False

    def __enter__(self) -> "Cancel":
        """Keep the signals for the thread that waits for them; threads to come inherit that."""
        self._usual = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        self._thread = threading.Thread(target=self._wait, daemon=True, name="leverage-cancel")
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop listening; where the process is being ended, wait for that."""
        with self._turn:
            self._is_over = True
        signal.pthread_kill(self._thread.ident or 0, signal.SIGTERM)
        self._thread.join()
        signal.pthread_sigmask(signal.SIG_SETMASK, self._usual)

    @contextmanager
    def commit(self) -> Iterator[None]:
        """Hold back a signal while the change is committed; afterwards it is too late for one."""
        with self._turn:
            yield
            self._is_stored = True

    def _wait(self) -> None:
        while True:
            number = signal.sigwait(SIGNALS)
            with self._turn:
                if self._is_over:
                    return
                if self._is_stored:
                    self._say(TOO_LATE)
                    continue
                # The turn is never given back: nothing can be committed, and no error be told.
                for folder in self.folders:
                    _delete(folder)
                self._say(CANCELLED)
                sys.stdout.flush()
                os._exit(128 + number)


def _delete(folder: Path) -> None:
    """Delete a folder in which others may still be writing."""
    for _ in range(20):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.05)
