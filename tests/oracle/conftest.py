"""One sample store of eight months, with its files, for every test here."""

from pathlib import Path
from typing import NamedTuple

import pytest

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
    """Load 2026-03 to 2026-10: the missing file, the new model and both changes lie in them."""
    root: Path = tmp_path_factory.mktemp("oracle")
    pin = sample_store.make(root, keep_files=root / "files", months=MONTHS)
    files = sample.write(root / "again", months=MONTHS)
    store = Store(root / "sample-store")
    return Both(Asker(Engine(), store, pin.number), Native(root / "files", files))
