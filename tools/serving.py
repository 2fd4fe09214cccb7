"""A server of its own on a free port, and a browser to look at it: for shots and browser tests."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright

ROOT = Path(__file__).parents[1]
# Debian's, which needs no download; elsewhere Playwright's own.
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
SECONDS_TO_START = 120
SETTLED = (
    '[data-testid="stApp"][data-test-script-state="notRunning"]'
    '[data-test-connection-state="CONNECTED"]'
)
# What stands on the page until its parts have come over the wire.
WAITING = '[data-testid="stSkeleton"], [data-stale="true"]'


def free_port() -> int:
    """Return a loopback port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(data_root: Path, port: int | None = None) -> Iterator[str]:
    """Serve the app on a data root until the block ends; yields its address."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    options = ["--server.port", str(port), "--server.address", "127.0.0.1"]
    with tempfile.TemporaryFile() as said:
        server = subprocess.Popen(
            [*command, *options],
            cwd=ROOT,
            env={**os.environ, "DATA_ROOT": str(data_root)},
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            if not _answers(f"{address}/healthz", server):
                said.seek(0)
                msg = f"the server did not start ({server.poll()}): {said.read()[-2000:].decode()}"
                raise RuntimeError(msg)
            yield address
        finally:
            server.terminate()
            server.wait()


def _answers(url: str, server: subprocess.Popen[bytes]) -> bool:
    """Wait until the server answers; False where it died or took too long."""
    end = time.monotonic() + SECONDS_TO_START
    while server.poll() is None and time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return True
        except OSError:
            time.sleep(0.2)
    return False


def launch(playwright: Playwright) -> Browser:
    """Start a headless Chromium."""
    path = CHROMIUM if CHROMIUM.is_file() else None
    return playwright.chromium.launch(executable_path=path, args=list(FLAGS))


def settle(page: Page) -> None:
    """Wait until the script has run and everything it sent is drawn."""
    page.wait_for_selector(SETTLED, timeout=60_000)
    page.wait_for_function(
        "selector => !document.querySelector(selector)", arg=WAITING, timeout=60_000
    )
