"""The sections of the Data page, each in a file: what one sees, and what one can settle there."""

from leverage.frame.data_page.history import history
from leverage.frame.data_page.how_to_get import how_to_get
from leverage.frame.data_page.invoices import invoices_against_use
from leverage.frame.data_page.owners import without_owner
from leverage.frame.data_page.quality import trusted
from leverage.frame.data_page.which_source import which_source_counts
from leverage.frame.data_page.work import which_work

__all__ = [
    "history",
    "how_to_get",
    "invoices_against_use",
    "trusted",
    "which_source_counts",
    "which_work",
    "without_owner",
]
