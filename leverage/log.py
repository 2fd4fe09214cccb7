"""One log line for each change, refusal and error, without personal data."""

import json
import logging
import sys
from typing import Any

_LOGGER = logging.getLogger("leverage")


class _ToStandardError(logging.Handler):
    """Writes to what standard error is at the time: servers and tests exchange it."""

    def emit(self, record: logging.LogRecord) -> None:
        print(self.format(record), file=sys.stderr)


def log_line(event: str, **fields: Any) -> None:
    """Write one JSON line to standard error: what happened, and figures, never a file's content.

    File names, cells, titles of refusals (they quote both) and who acted stay out, because they
    name people; the store's own log has who.
    """
    if not _LOGGER.handlers:
        handler = _ToStandardError()
        handler.setFormatter(logging.Formatter("%(asctime)s leverage %(message)s"))
        _LOGGER.addHandler(handler)
        _LOGGER.setLevel(logging.INFO)
        _LOGGER.propagate = False
    _LOGGER.info(json.dumps({"event": event, **fields}, default=str))
