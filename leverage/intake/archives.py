"""From an upload to plain files: what it is, what a .gz or .zip holds, and text as UTF-8.

What a file is, its first bytes say; its name is only what people call it. Nothing is unpacked
before it is known to fit, and what is unpacked is counted again on the way.
"""

import codecs
import glob
import gzip
import os
import shutil
import struct
import tempfile
import weakref
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO

from leverage.errors import FileRefused

BLOCK_BYTES = 1 << 20
MOST_BYTES = 4 << 30
"""The most that an upload may hold once it is unpacked."""
MOST_WORKBOOK_BYTES = 1 << 30
"""The most that a workbook may hold: unlike all else it is read in memory."""
MOST_RATIO = 250
"""How many times its packed size a file may have. Usage exports pack to a tenth or twentieth."""
RATIO_FREE_BYTES = 64 << 20
"""Below this size no ratio is asked about: little files of one repeated line pack very well."""
MOST_MEMBERS = 500

FORMATS = "CSV, JSON, Parquet or Excel (.xlsx), plain or inside a .zip or .gz"
EXPORT_AGAIN = f"Export the data itself, as {FORMATS}"
SAVE_AS = "Open it in Excel, take its password off if it has one, and save it as .xlsx or CSV"
UNPACK = "Unpack it, and hand in the files in it, or the same files in a .zip"

FOREIGN = (
    (0, b"%PDF-", "a PDF document", EXPORT_AGAIN),
    (0, b"\x89PNG\r\n", "a picture (PNG)", EXPORT_AGAIN),
    (0, b"\xff\xd8\xff", "a picture (JPEG)", EXPORT_AGAIN),
    (0, b"GIF87a", "a picture (GIF)", EXPORT_AGAIN),
    (0, b"GIF89a", "a picture (GIF)", EXPORT_AGAIN),
    (0, b"{\\rtf", "a text document (RTF)", EXPORT_AGAIN),
    (0, b"SQLite format 3\0", "a SQLite database", EXPORT_AGAIN),
    (0, b"PARE", "an encrypted Parquet file", EXPORT_AGAIN),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1", "an Office file of the old kind, or one locked", SAVE_AS),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", UNPACK),
    (0, b"Rar!\x1a\x07", "a RAR archive", UNPACK),
    (0, b"\xfd7zXZ\0", "an xz archive", UNPACK),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard archive", UNPACK),
    (4, b"1AY&SY", "a bzip2 archive", UNPACK),
    (257, b"ustar", "a tar archive", UNPACK),
)
"""Offset and bytes by which a file that is no table is known, what it is, and what to do."""

OFFICE = {"word/": "a Word document", "ppt/": "a presentation", "META-INF/": "an Office document"}
DAMAGED = (
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
"""What the standard library raises on archives that are broken or packed in a way it lacks."""


class Scratch:
    """A folder for working copies, gone when nothing refers to it any more."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="leverage-"))
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    def file(self) -> Path:
        """Return the path of a new empty file."""
        handle, name = tempfile.mkstemp(dir=self.folder)
        os.close(handle)
        return Path(name)


@dataclass(frozen=True)
class Part:
    """One file to be read: what people call it, and where its plain bytes lie.

    `digest` (sha256) and `size_bytes` are those of the upload, or of the member of a zip, even
    where `path` is an unpacked or transcoded copy. `kind` is text, parquet or xlsx.
    """

    name: str
    digest: str
    size_bytes: int
    path: Path
    scratch: Scratch
    kind: str = ""
    notes: tuple[str, ...] = ()
    is_member: bool = False


class TooMuch(FileRefused):
    """An archive that holds more than an export does: nothing of it is unpacked any further."""


Refuse = Callable[[Part, FileRefused], None]


def refuse_whole(_part: Part, error: FileRefused) -> None:
    """Refuse a whole zip for one of its members."""
    raise error


def parts(path: Path, name: str, refuse: Refuse = refuse_whole) -> Iterator[Part]:
    """Give the files that an upload holds, unpacked, text as UTF-8; refuse what is no table.

    `refuse` is told of each member of a zip that is refused, and may let the others come.
    """
    scratch = Scratch()
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK_BYTES):
            digest.update(block)
    upload = Part(name, digest.hexdigest(), path.stat().st_size, path, scratch)
    if glob.has_magic(str(path)):
        # DuckDB would read such a path as a pattern.
        link = scratch.file()
        link.unlink()
        link.symlink_to(path.resolve())
        upload = replace(upload, path=link)
    if _kind(upload) == "zip":
        for member in _members(upload, refuse):
            try:
                plain = _plain(member)
            except TooMuch:
                raise
            except FileRefused as error:
                refuse(member, error)
            else:
                yield plain
    else:
        yield _plain(upload)


def _plain(part: Part) -> Part:
    kind = _kind(part)
    if kind == "gz":
        with gzip.open(part.path) as packed:
            path, _, _ = _unpack(packed, part, part.path.stat().st_size)
        part = replace(part, path=path)
        kind = _kind(part)
    if kind in ("gz", "zip"):
        raise FileRefused(
            title=f"“{part.name}” is an archive inside an archive",
            found="Only one layer is unpacked",
            next_step=UNPACK,
        )
    part = replace(part, kind=kind)
    return _as_utf8(part) if kind == "text" else part


def _kind(part: Part) -> str:
    """Tell by its first bytes what a file is: gz, zip, xlsx, parquet or text."""
    with part.path.open("rb") as file:
        head = file.read(1 << 16)
    for offset, magic, what, next_step in FOREIGN:
        if head.startswith(magic, offset):
            _refuse_as(part, what, next_step)
    if head.startswith(b"\x1f\x8b"):
        return "gz"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(part)
    if head.startswith(b"PAR1"):
        return "parquet"
    if not head.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n") and len(head) < 1 << 16:
        raise FileRefused(
            title=f"“{part.name}” is empty",
            found=f"It holds {part.size_bytes} bytes and not one character",
            next_step="Export it again, and wait until the download has ended",
        )
    if not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        controls = sum(head.count(byte) for byte in (*range(9), *range(14, 32)))
        if b"\0" in head or controls * 100 > len(head):
            _refuse_as(part, "a binary file of a kind not known here", EXPORT_AGAIN)
        start = head.removeprefix(codecs.BOM_UTF8).lstrip().lower()
        if start.startswith((b"<!doctype html", b"<html")):
            _refuse_as(
                part,
                "a web page, perhaps the sign-in page of the vendor's console",
                f"Sign in, then use the console's export button. {EXPORT_AGAIN}",
            )
        if start.startswith(b"<"):
            _refuse_as(part, "an XML or HTML document", EXPORT_AGAIN)
    return "text"


def _refuse_as(part: Part, what: str, next_step: str) -> None:
    raise FileRefused(
        title=f"“{part.name}” is not a table", found=f"It is {what}", next_step=next_step
    )


def _refuse_damaged(part: Part, error: Exception) -> FileRefused:
    return FileRefused(
        title=f"“{part.name}” is damaged or cut short",
        found=f"It cannot be unpacked to its end ({str(error) or type(error).__name__})",
        next_step="Download it again, and wait until the download has ended",
    )


# ---- archives ----------------------------------------------------------------------------------


def _kind_of_zip(part: Part) -> str:
    """Look into the table of contents, and nowhere else: what it is, and whether it is safe."""
    try:
        with zipfile.ZipFile(part.path) as packed:
            members = packed.infolist()
    except DAMAGED as error:
        raise _refuse_damaged(part, error) from error
    names = [member.filename for member in members]
    for folder, what in OFFICE.items():
        if any(name.startswith(folder) for name in names) and (
            "[Content_Types].xml" in names or "mimetype" in names
        ):
            _refuse_as(part, what, EXPORT_AGAIN)
    kind = "xlsx" if any(name.startswith("xl/") for name in names) else "zip"
    if any(member.flag_bits & 1 for member in members):
        raise FileRefused(
            title=f"“{part.name}” is locked with a password",
            found="The files in it are encrypted",
            next_step="Unpack it with the password, and hand in the files in it",
        )
    if len(members) > MOST_MEMBERS:
        _refuse_too_much(part, f"It holds {len(members)} files; {MOST_MEMBERS} is the most")
    for member in members:
        _refuse_bomb(part, member.file_size, member.compress_size)
    total = sum(member.file_size for member in members)
    _refuse_bomb(part, total, part.path.stat().st_size)
    if kind == "xlsx" and total > MOST_WORKBOOK_BYTES:
        _refuse_too_much(part, f"Unpacked, the workbook has {total / 1e9:.1f} GB")
    return kind


def _members(upload: Part, refuse: Refuse) -> Iterator[Part]:
    with zipfile.ZipFile(upload.path) as packed:
        tables = [
            member
            for member in packed.infolist()
            if not member.is_dir()
            and not any(
                step.startswith(".") or step == "__MACOSX"
                for step in PurePosixPath(member.filename).parts
            )
        ]
        if not tables:
            raise FileRefused(
                title=f"“{upload.name}” holds no file",
                found="The archive is empty",
                next_step="Pack the exports into it again, or hand them in one by one",
            )
        for member in tables:
            part = replace(upload, name=member.filename, is_member=True)
            try:
                path, size_bytes, digest = _unpack_member(packed, member, part)
            except TooMuch:
                raise
            except FileRefused as error:
                refuse(part, error)
            else:
                yield replace(part, path=path, size_bytes=size_bytes, digest=digest)


def _unpack_member(
    packed: zipfile.ZipFile, member: zipfile.ZipInfo, part: Part
) -> tuple[Path, int, str]:
    try:
        file = packed.open(member)
    except DAMAGED as error:
        raise _refuse_damaged(part, error) from error
    with file:
        return _unpack(file, part, member.compress_size)


def _unpack(
    packed: IO[bytes] | gzip.GzipFile, part: Part, packed_bytes: int
) -> tuple[Path, int, str]:
    """Unpack into a working copy; returns its path, its size and its digest.

    The sizes in an archive are claims, so the bytes are counted as they come.
    """
    path, digest, size_bytes = part.scratch.file(), sha256(), 0
    with path.open("wb") as target:
        while block := _next_block(packed, part):
            size_bytes += len(block)
            _refuse_bomb(part, size_bytes, packed_bytes)
            digest.update(block)
            target.write(block)
    return path, size_bytes, digest.hexdigest()


def _next_block(packed: IO[bytes] | gzip.GzipFile, part: Part) -> bytes:
    try:
        return packed.read(BLOCK_BYTES)
    except DAMAGED as error:
        raise _refuse_damaged(part, error) from error


def _refuse_bomb(part: Part, size_bytes: int, packed_bytes: int) -> None:
    if size_bytes > MOST_BYTES:
        _refuse_too_much(part, f"Unpacked, it has more than {MOST_BYTES / 1e9:.1f} GB")
    if size_bytes > RATIO_FREE_BYTES and size_bytes > MOST_RATIO * packed_bytes:
        _refuse_too_much(part, f"Unpacked, it is more than {MOST_RATIO} times as large as packed")


def _refuse_too_much(part: Part, found: str) -> None:
    raise TooMuch(
        title=f"“{part.name}” would unpack to more than an export holds",
        found=found,
        next_step="Unpack it yourself to see what is in it, and hand in the exports one by one",
    )


# ---- text --------------------------------------------------------------------------------------


def _as_utf8(part: Part) -> Part:
    """Return the part with its text as UTF-8; a copy is made only where it is something else."""
    with part.path.open("rb") as file:
        head = file.read(2)
    if head in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return _transcoded(part, "utf-16")
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_ascii = True
    try:
        with part.path.open("rb") as file:
            while block := file.read(BLOCK_BYTES):
                is_ascii = decoder.decode(block).isascii() and is_ascii
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and not is_ascii:
            raise _refuse_damaged(part, error) from error
        note = "Read as Windows-1252 text, since it is not UTF-8"
        return replace(_transcoded(part, "cp1252"), notes=(*part.notes, note))
    return part


def _transcoded(part: Part, encoding: str) -> Part:
    path = part.scratch.file()
    try:
        with (
            part.path.open(encoding=encoding, newline="") as source,
            path.open("w", encoding="utf-8", newline="") as target,
        ):
            while text := source.read(BLOCK_BYTES):
                target.write(text)
    except UnicodeError as error:
        raise FileRefused(
            title=f"“{part.name}” is not readable text",
            found="It is neither UTF-8, nor UTF-16, nor Windows-1252 to its end",
            next_step="Download it again; where it was edited, save it as “CSV UTF-8”",
        ) from error
    return replace(part, path=path)
