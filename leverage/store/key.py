"""The key that turns a person's address into a pseudonym, and the turning."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

FILE_NAME = "leverage.key"
PREFIX = "p:"


@dataclass(frozen=True)
class Key:
    """The secret of one installation; without it nobody can turn a pseudonym back by guessing."""

    secret: bytes = field(repr=False)

    @classmethod
    def of(cls, data_root: Path) -> Self:
        """Return LEVERAGE_KEY, else the key file of this data root, of mode 600."""
        given = os.environ.get("LEVERAGE_KEY")
        if given:
            return cls(given.encode())
        path = data_root / FILE_NAME
        if not path.is_file():
            data_root.mkdir(parents=True, exist_ok=True)
            draft = path.with_suffix(f".{os.getpid()}.draft")
            with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:  # noqa: PTH123
                file.write(secrets.token_hex(32))
            # link, not rename: of two first starts at once the first key wins for both
            try:
                path.hardlink_to(draft)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return cls(path.read_text(encoding="utf-8").strip().encode())

    @property
    def fingerprint(self) -> str:
        """Return what the store keeps of the key: enough to know it again, not to use it."""
        return hashlib.sha256(b"leverage fingerprint " + self.secret).hexdigest()[:12]

    def pseudonym(self, alias: str) -> str:
        """Return the pseudonym of an address, login or id; case and outer spaces do not matter."""
        normal = alias.strip().casefold().removeprefix("mailto:")
        digest = hmac.new(self.secret, normal.encode(), hashlib.sha256).hexdigest()
        return PREFIX + digest[:20]

    def pseudonyms(self, aliases: Iterable[str]) -> dict[str, str]:
        """Return the pseudonym of each alias."""
        return {alias: self.pseudonym(alias) for alias in aliases}
