"""One log line for each change, refusal and error, without personal data."""

import json
import logging
import sys
from typing import Any

_LOGGER = logging.getLogger("leverage")


def log_line(event: str, **fields: Any) -> None:
    """Write one JSON line to standard error: what happened, and figures, never a file's content.

    File names, cells and who acted stay out, because they name people; the store's own log has who.
    """
    if not _LOGGER.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(asctime)s leverage %(message)s"))
        _LOGGER.addHandler(handler)
        _LOGGER.setLevel(logging.INFO)
        _LOGGER.propagate = False
    _LOGGER.info(json.dumps({"event": event, **fields}, default=str))
