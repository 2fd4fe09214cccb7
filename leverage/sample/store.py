"""Load the invented exports into a store of their own, through the same door as a user's files."""

import json
import tempfile
from itertools import groupby
from pathlib import Path

from leverage import sample
from leverage.intake import staging
from leverage.store import Pin, Store, changes

BY = "sample"


def make(data_root: Path, keep_files: Path | None = None) -> Pin:
    """Make the sample store under `data_root`, or return the one that is there, whole.

    It is built aside and renamed into place, so a start that was cut off leaves none.
    """
    root = data_root / "sample-store"
    if (root / "store.json").is_file():
        return Store(root).pin()
    data_root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=data_root, prefix="sample-") as aside:
        draft = Path(aside) / "store"
        files = keep_files or Path(aside) / "files"
        store = Store.create(draft)
        written = sample.write(files)
        for company in sample.COMPANIES:
            changes.describe_company(
                store,
                company.name,
                BY,
                sector=company.sector,
                origin=company.origin,
                employees=company.employees,
            )
        for said, group in groupby(written, key=lambda f: (f.company, f.account, f.period)):
            name, account, period = said
            _load(Path(aside), store, [files / file.path for file in group], name, account, period)
        draft.rename(root)
    return Store(root).pin()


def _load(
    data_root: Path,
    store: Store,
    paths: list[Path],
    company: str,
    account: str | None,
    period: str | None,
) -> None:
    options = staging.Options(
        company=company,
        account=account,
        period=staging.parse_period(period) if period else None,
        by=BY,
    )
    stage = staging.stage(data_root, store, paths, options)
    refused = [file.refused for file in stage.files if file.refused]
    refused += [done.refused.parts() for done in changes.load(store, stage, BY) if done.refused]
    stage.discard()
    if refused:
        msg = f"the sample data were refused: {json.dumps(refused)}"
        raise AssertionError(msg)
