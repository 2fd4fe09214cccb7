"""The question every start asks, whether the sample is needed, costs next to nothing."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from filelock import FileLock

from leverage.sample.store import make
from leverage.store import Store

SCRIPT = """
import sys
from leverage.__main__ import main
code = main(["sample", "--unless-loaded", "--data-root", sys.argv[1]])
heavy = {"duckdb", "polars", "deltalake", "pyarrow", "streamlit"} & set(sys.modules)
sys.exit(f"imported {sorted(heavy)}" if heavy else code)
"""


def test_where_the_sample_is_there_nothing_is_imported_made_or_said(tmp_path: Path) -> None:
    described = tmp_path / "sample-store" / "store.json"
    described.parent.mkdir()
    described.write_text("{}", encoding="utf-8")
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", SCRIPT, str(tmp_path)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert [path.name for path in tmp_path.iterdir()] == ["sample-store"]


def test_of_two_starts_at_once_the_second_takes_the_sample_that_the_first_makes(
    tmp_path: Path,
) -> None:
    with ThreadPoolExecutor() as pool:
        with FileLock(tmp_path / "sample.lock"):
            second = pool.submit(make, tmp_path, months=1)
            time.sleep(0.5)
            made = Store.create(tmp_path / "sample-store").pin()
        assert second.result(timeout=60) == made
