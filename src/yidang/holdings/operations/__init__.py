"""Every change to the holdings."""

from yidang.holdings.operations.drafting import (
    await_confirmation,
    create_drafts,
    describe,
    discard_drafts,
    save_reading,
)
from yidang.holdings.operations.filing import file_items

__all__ = ["await_confirmation", "create_drafts", "describe", "discard_drafts", "file_items", "save_reading"]
