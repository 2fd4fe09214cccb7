"""Numbers, spans of time and sentences as a person says them; pure text, no data access."""

from leverage.words.numbers import (
    UNKNOWN,
    Number,
    Say,
    change,
    count,
    money,
    moved,
    share,
    tokens,
)
from leverage.words.sentences import (
    Change,
    Driver,
    Gap,
    Missing,
    Said,
    Sentence,
    Topic,
    finding,
    is_remainder,
    sentences,
)
from leverage.words.spans import Span, Window, days, month_name, period

__all__ = [
    "UNKNOWN",
    "Change",
    "Driver",
    "Gap",
    "Missing",
    "Number",
    "Said",
    "Say",
    "Sentence",
    "Span",
    "Topic",
    "Window",
    "change",
    "count",
    "days",
    "finding",
    "is_remainder",
    "money",
    "month_name",
    "moved",
    "period",
    "sentences",
    "share",
    "tokens",
]
