"""The key that turns a person's address into a pseudonym, and the turning."""

import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

FILE_NAME = "leverage.key"
PREFIX = "p:"
FORM_PREFIX = "f:"
KEY_PREFIX = "k:"
SHORTEST_FORM = 3
# The last part of a domain has no hyphen: in “ana@acme.example-laptop” the laptop is none of it.
ADDRESS = re.compile(r"[\w.%+'-]+@(?:[^\W_]+(?:-+[^\W_]+)*\.)+[^\W_]+")
# What people write around a name when they name a key: where it lies, what for, that it is one.
NO_NAME = re.compile(
    r"(?:access|agent|ai|anthropic|api|apikey|azure|chatgpt|claude|cli|code|codex|copilot|"
    r"credential|cursor|default|desktop|dev|development|home|ide|keys?|laptop|linux|litellm|"
    r"llm|local|mac|macbook|mbp|my|new|office|old|openai|openrouter|pc|personal|private|prod|"
    r"production|s|sandbox|secret|staging|test|testing|token|user|vscode|windows|work|"
    r"workstation)?\d*"
)


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
        return PREFIX + self._digest(normal.encode())

    def forms(self, alias: str) -> dict[str, str | None]:
        """Return the hashes of what is left of an alias when vendors write it in their ways.

        By the names of `name_forms`. They are of another alphabet than pseudonyms, so that a login
        is never taken for somebody's name before the @.
        """
        return {
            name: None if text is None else self._form(text)
            for name, text in name_forms(alias).items()
        }

    def of_key_name(self, name: str) -> dict[str, str | None]:
        """Return whose key a name may stand for: `key_actor`, and the hashes of that name's forms.

        `key_actor` is the pseudonym of the one address in the name, else the hash of the whole
        name, which is of another alphabet: no login of the same spelling stands for it unasked.
        `login` is the pseudonym that the name has where it is somebody's login.
        """
        person = person_in(name)
        held = None if person is None else self.pseudonym(person)
        forms = {} if person is None else self.forms(person)
        is_address = person is not None and "@" in person
        return {
            "key_actor": held
            if is_address
            else KEY_PREFIX + self.pseudonym(name).removeprefix(PREFIX),
            "local_part": forms.get("local_part"),
            "letters": forms.get("letters"),
            "login": None if is_address else held,
        }

    def _digest(self, text: bytes) -> str:
        # In one call: an export has tens of thousands of names, each with several forms.
        return hmac.digest(self.secret, text, "sha256").hex()[:20]

    def _form(self, text: str) -> str:
        return FORM_PREFIX + self._digest(b"form " + text.encode())

    def pseudonyms(self, aliases: Iterable[str]) -> dict[str, str]:
        """Return the pseudonym of each alias."""
        return {alias: self.pseudonym(alias) for alias in aliases}


def name_forms(alias: str) -> dict[str, str | None]:
    """Return a name as vendors write it: the part before the @, its letters, initial and surname.

    “ana.keller@acme.example” is ana.keller, anakeller and akeller; the login “ana-keller_acme” of
    an enterprise is anakeller too. None where too little is left to tell people apart by.
    """
    name, at, _ = alias.strip().casefold().removeprefix("mailto:").partition("@")
    name = name.partition("+")[0]
    # Accounts that an enterprise manages carry its short name behind the person's.
    person = name if at else re.sub(r"^([^_]*-[^_]*)_[^_]+$", r"\1", name)
    parts = re.findall(r"[^\W_]+", person)
    forms = {
        "local_part": name,
        "letters": "".join(parts),
        "initial": parts[0][0] + parts[-1] if len(parts) > 1 else "",
    }
    return {kind: text if len(text) >= SHORTEST_FORM else None for kind, text in forms.items()}


def person_in(key_name: str) -> str | None:
    """Return the address, login or name that the name of a key holds, None where it can be none.

    The one address in it, else what is left without words of NO_NAME at its ends: “Jane Doe's
    laptop” is jane doe, “jdoe-dev-2” is jdoe.
    """
    name = key_name.strip().casefold()
    addresses = {address.lstrip(".-'") for address in ADDRESS.findall(name)}
    if addresses:
        return addresses.pop() if len(addresses) == 1 else None
    words = list(re.finditer(r"[^\W_]+", name))
    while words and NO_NAME.fullmatch(words[-1].group()):
        words.pop()
    while words and NO_NAME.fullmatch(words[0].group()):
        words.pop(0)
    return name[words[0].start() : words[-1].end()] if words else None
