"""The inbox: the one folder on the server whose files the Data page hands to the loader.

It is for files that are too large for a browser. Nothing outside of it is ever named to the loader,
whatever a link inside it points to, and the server itself reads none of its files.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from leverage.errors import FileRefused

MOST_FILES = 500


@dataclass(frozen=True)
class Found:
    """A file in the inbox, or a folder with all the files in it.

    `name` is its path below the inbox, a folder's ends in /; `files` counts files, itself included.
    """

    name: str
    size_bytes: int
    files: int = 1


def folder(data_root: Path) -> Path:
    """Return the inbox: LEVERAGE_INBOX, else the folder `inbox` beside the store."""
    return Path(os.environ.get("LEVERAGE_INBOX") or data_root / "inbox")


def listed(data_root: Path) -> list[Found]:
    """Return what lies in the inbox, each folder before its files; hidden files are left out.

    Of more than MOST_FILES files the first are told.
    """
    root = folder(data_root)
    # The size of what a link points to may be nobody's business.
    sizes = {path: path.lstat().st_size for path in _files_below(root)}
    found = [Found(path.relative_to(root).as_posix(), size) for path, size in sizes.items()]
    for below in {parent for path in sizes for parent in path.relative_to(root).parents}:
        held = [size for path, size in sizes.items() if path.is_relative_to(root / below)]
        if below != Path():
            found.append(Found(f"{below.as_posix()}/", sum(held), len(held)))
    return sorted(found, key=lambda one: one.name)


def resolved(data_root: Path, name: str) -> list[Path]:
    """Return the real paths of a file of the inbox, or of every file of a folder in it.

    Refuses in words what lies outside, by its name or behind a link, and what is gone.
    """
    root = folder(data_root).resolve()
    path = _inside(root, root / name)
    files = [path] if path.is_file() else [_inside(root, one) for one in _files_below(path)]
    if not files:
        raise FileRefused(
            title=f"“{name}” is no longer in the inbox",
            found="It was moved or deleted since the page was drawn, or it is an empty folder",
            next_step="Reload the page to see what is there now",
        )
    return files


def _inside(root: Path, path: Path) -> Path:
    real = path.resolve()
    if real == root or not real.is_relative_to(root):
        raise FileRefused(
            title=f"“{path.name}” does not lie in the inbox",
            found="Its path leads to a place outside of that folder",
            next_step=f"Put the file itself into {root}",
        )
    return real


def _files_below(top: Path) -> list[Path]:
    """Return the files below a folder, sorted, MOST_FILES at most; hidden ones are left out.

    Folders behind links are not entered, so no loop can be.
    """
    held: list[Path] = []
    for at, folders, names in os.walk(top):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        paths = [Path(at) / name for name in sorted(names) if not name.startswith(".")]
        held += [path for path in paths if path.is_file()]
        if len(held) >= MOST_FILES:
            break
    return held[:MOST_FILES]
