"""Every change to the holdings."""

from yidang.holdings.operations.arranging import merge_volumes, order_volume, split_volume
from yidang.holdings.operations.destroying import bury, erase_unerased, lock_for_end
from yidang.holdings.operations.drafting import (
    await_confirmation,
    create_drafts,
    describe,
    discard_drafts,
    save_reading,
)
from yidang.holdings.operations.extending import extend_item
from yidang.holdings.operations.filing import file_items
from yidang.holdings.operations.placing import place_draft
from yidang.holdings.operations.sorting import arrange_draft_pages, join_items, split_item
from yidang.holdings.operations.supplements import check_volume, supplement_volume
from yidang.holdings.operations.versions import arrange_pages, move_item, reappraise, restore_version, save_description
from yidang.holdings.operations.volume_steps import undo_step
from yidang.holdings.operations.volumes import (
    add_to_volume,
    create_volume,
    leave_for_volume,
    seal_volume,
    take_from_volume,
)
from yidang.holdings.operations.writing import complete, finish_interrupted

__all__ = [
    "add_to_volume",
    "arrange_draft_pages",
    "arrange_pages",
    "await_confirmation",
    "bury",
    "check_volume",
    "complete",
    "create_drafts",
    "create_volume",
    "describe",
    "discard_drafts",
    "erase_unerased",
    "extend_item",
    "file_items",
    "finish_interrupted",
    "join_items",
    "leave_for_volume",
    "lock_for_end",
    "merge_volumes",
    "move_item",
    "order_volume",
    "place_draft",
    "reappraise",
    "restore_version",
    "save_description",
    "save_reading",
    "seal_volume",
    "split_item",
    "split_volume",
    "supplement_volume",
    "take_from_volume",
    "undo_step",
]
