"""Load the invented exports into a store of their own, through the same door as a user's files."""

import json
import tempfile
from pathlib import Path

from filelock import FileLock

from leverage import sample
from leverage.intake import staging
from leverage.sample import rules
from leverage.store import Pin, Store, changes

BY = "sample"


def make(data_root: Path, keep_files: Path | None = None, *, months: int = 24) -> Pin:
    """Make the sample store under `data_root`, or return the one that is there, whole.

    It is built aside and renamed into place, so a start that was cut off leaves none; of two starts
    at once the second waits for the first. Fewer `months`, the latest ones, make a smaller store
    for tests.
    """
    root = data_root / "sample-store"
    data_root.mkdir(parents=True, exist_ok=True)
    with FileLock(data_root / "sample.lock"):
        if not (root / "store.json").is_file():
            _build(data_root, root, keep_files, months)
    return Store(root).pin()


def _build(data_root: Path, root: Path, keep_files: Path | None, months: int) -> None:
    with tempfile.TemporaryDirectory(dir=data_root, prefix="sample-") as aside:
        draft = Path(aside) / "store"
        folder = keep_files or Path(aside) / "files"
        store = Store.create(draft)
        files = sample.write(folder, months=months)
        for company in sample.COMPANIES:
            changes.describe_company(
                store,
                company.name,
                BY,
                sector=company.sector,
                origin=company.origin,
                employees=company.employees,
            )
        # Before the files, so that the marts are made once and by these rules.
        changes.decide(store, rules.rules(), BY)
        _load(Path(aside), store, folder, files)
        draft.rename(root)


def _load(data_root: Path, store: Store, folder: Path, files: list[sample.SampleFile]) -> None:
    """Load all files in one change: company by company every month would be written again."""
    options = [
        staging.Options(
            company=file.company,
            account=file.account,
            period=staging.parse_period(file.period) if file.period else None,
            by=BY,
        )
        for file in files
    ]
    stage = staging.stage(data_root, store, [folder / file.path for file in files], options)
    refused = [file.refused for file in stage.files if file.refused]
    refused += [done.refused.parts() for done in changes.load(store, stage, BY) if done.refused]
    stage.discard()
    if refused:
        msg = f"the sample data were refused: {json.dumps(refused)}"
        raise AssertionError(msg)
