"""Who may stand behind accounts that no roster names: counts and reasons, never names."""

from dataclasses import dataclass

from leverage import words
from leverage.ask import Asker

KEY_NAME = "key_name"
REASONS = {
    "local_part": "the same name before the @, at another domain or as a login",
    "letters": "the same letters, with other signs between them",
    "initial": "the initial and the surname",
    KEY_NAME: "the name or the login in the name of the key",
}


@dataclass(frozen=True)
class Match:
    """Accounts or keys at one vendor that match one person of the roster each, for one reason."""

    company: str
    vendor: str
    reason: str
    is_confirmed: bool
    accounts: int

    @property
    def lead(self) -> str:
        """Say how many there are and what became of them."""
        noun = "key" if self.reason == KEY_NAME else "account"
        noun = noun if self.accounts == 1 else f"{noun}s"
        which = f"{words.count(self.accounts)} {noun} of {self.vendor} at {self.company}"
        verb = "is" if self.accounts == 1 else "are"
        if self.is_confirmed:
            return f"{which} {verb} confirmed"
        each = "" if self.accounts == 1 else "each "
        of = "belong to" if self.reason == KEY_NAME else "be"
        return f"{which} may {each}{of} somebody in the roster"

    @property
    def why(self) -> str:
        """Say by what they match."""
        return REASONS[self.reason]


def matches(asker: Asker) -> list[Match]:
    """Return what is suggested and what was confirmed, suggestions first."""
    return [Match(**row) for row in asker.rows("who_may_it_be", {}).to_dicts()]
