"""The store: Delta tables, the rules by which they change, and the marts that follow."""

from leverage.store.delta import Change, Pin, Store
from leverage.store.stage import FileReport, Group, Span, Stage

__all__ = ["Change", "FileReport", "Group", "Pin", "Span", "Stage", "Store"]
