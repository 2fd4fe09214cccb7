"""The errors that reach a person: what happened, what was found, and what to do next."""


class ReportError(Exception):
    """Something a person must be told, in three parts.

    `title` says what did not happen, `found` what was looked for and what was there instead, and
    `next_step` what the reader can do now. Pages show the parts apart; the command line joins them.
    """

    def __init__(self, title: str, found: str = "", next_step: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.found = found
        self.next_step = next_step

    def parts(self) -> dict[str, str]:
        """Return the three parts by name."""
        return {"title": self.title, "found": self.found, "next_step": self.next_step}

    def __str__(self) -> str:
        """Return the parts as one paragraph, each ending in a full stop."""
        parts = (part.strip() for part in (self.title, self.found, self.next_step))
        return " ".join(part if part[-1] in ".?!" else f"{part}." for part in parts if part)


class FileRefused(ReportError):
    """A file that cannot be loaded as it is; nothing in the store has changed."""


class ChangeRefused(ReportError):
    """A change to the store that would lose or contradict something already there."""


class StoreUnusable(ReportError):
    """A store that this program must not open: another key, a newer format, damage."""


class QuestionUnknown(ReportError):
    """A question, filter or data version that does not exist."""
