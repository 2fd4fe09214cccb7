"""One sample store of eight months, with its files, for every test here."""

import os
import pickle
from typing import NamedTuple

import pytest
from filelock import FileLock

from leverage import sample
from leverage.ask import Asker
from leverage.engine import Engine
from leverage.sample import store as sample_store
from leverage.store import Store
from tests.oracle.native import Native

MONTHS = 8


class Both(NamedTuple):
    """The product's answers and the oracle's, over the same files."""

    asker: Asker
    native: Native


@pytest.fixture(scope="session")
def both(tmp_path_factory: pytest.TempPathFactory) -> Both:
    """Load 2026-03 to 2026-10: the missing file, the new model and both changes lie in them.

    Nothing changes the store, so that all workers of a run share one: making it takes long.
    """
    base = tmp_path_factory.getbasetemp()
    root = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "oracle"
    root.mkdir(exist_ok=True)
    made = root / "made"
    with FileLock(root / "lock"):
        if not made.exists():
            pin = sample_store.make(root, keep_files=root / "files", months=MONTHS)
            files = sample.write(root / "again", months=MONTHS)
            made.write_bytes(pickle.dumps((pin.number, files)))
    number, files = pickle.loads(made.read_bytes())
    store = Store(root / "sample-store")
    return Both(Asker(Engine(), store, number), Native(root / "files", files))
